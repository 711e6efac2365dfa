// SPDX-License-Identifier: AGPL-3.0-or-later
#include "transport.h"

#include <libpq-fe.h>

#include <map>
#include <memory>
#include <string_view>

namespace chrona::storage {
namespace {

struct Free {
    void operator()(PQconninfoOption *options) const { PQconninfoFree(options); }
};
using Settings = std::map<std::string, std::string, std::less<>>;

void take(Settings &settings, const PQconninfoOption *options)
{
    for (; options != nullptr && options->keyword != nullptr; ++options) {
        if (options->val != nullptr)
            settings[options->keyword] = options->val;
    }
}

std::string_view valueOf(const Settings &settings, std::string_view key)
{
    const auto found = settings.find(key);
    return found == settings.end() ? std::string_view() : std::string_view(found->second);
}

/// A list of hosts, each of which must be a folder; none at all means the default folder.
bool leadsToSockets(std::string_view hosts)
{
    while (!hosts.empty()) {
        const std::string_view host = hosts.substr(0, hosts.find(','));
        if (!host.empty() && host.front() != '/' && host.front() != '@')
            return false;
        hosts.remove_prefix(std::min(hosts.size(), host.size() + 1));
    }
    return true;
}

} // namespace

Status checkTransport(const std::string &connectionString)
{
    char *reason = nullptr;
    const std::unique_ptr<PQconninfoOption, Free> given(
        PQconninfoParse(connectionString.c_str(), &reason));
    if (!given) {
        // libpq's reason may quote the string, and with it a password.
        PQfreemem(reason);
        return fail(ErrorCode::InvalidInput, "the connection string cannot be read",
                    "write it like \"host=/run/postgresql dbname=chrona\"");
    }
    const std::unique_ptr<PQconninfoOption, Free> defaults(PQconndefaults());
    Settings settings;
    take(settings, defaults.get());
    take(settings, given.get());
    if (!valueOf(settings, "service").empty())
        return fail(ErrorCode::Denied, "connection services are not supported",
                    "write host, dbname and user into the connection string");
    const bool isLocal =
        valueOf(settings, "hostaddr").empty() && leadsToSockets(valueOf(settings, "host"));
    if (isLocal || valueOf(settings, "sslmode") == "verify-full")
        return {};
    return fail(ErrorCode::Denied, "a database over TCP needs verified TLS",
                "add sslmode=verify-full and sslrootcert to the connection string");
}

} // namespace chrona::storage
