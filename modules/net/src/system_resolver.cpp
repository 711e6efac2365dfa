// SPDX-License-Identifier: AGPL-3.0-or-later
#include "system_resolver.h"

#include <QHostInfo>

#include <condition_variable>
#include <format>
#include <memory>
#include <mutex>
#include <optional>

namespace chrona::net {
namespace {

/// Kept alive by both sides: the caller may have gone when the answer comes.
struct Lookup {
    std::mutex mutex;
    std::condition_variable_any answered;
    std::optional<QHostInfo> info;
};

} // namespace

Result<std::vector<std::string>> SystemResolver::resolve(const std::string &host,
                                                         std::chrono::milliseconds timeout,
                                                         std::stop_token stop)
{
    auto lookup = std::make_shared<Lookup>();
    QMetaObject::invokeMethod(&m_context, [this, lookup, host] {
        QHostInfo::lookupHost(QString::fromStdString(host), &m_context,
                              [lookup](const QHostInfo &info) {
                                  const std::lock_guard lock(lookup->mutex);
                                  lookup->info = info;
                                  lookup->answered.notify_all();
                              });
    });
    std::unique_lock lock(lookup->mutex);
    if (!lookup->answered.wait_for(lock, stop, timeout, [&] { return lookup->info.has_value(); }))
        return stop.stop_requested()
                   ? fail(ErrorCode::Cancelled, "the request was cancelled")
                   : fail(ErrorCode::Timeout,
                          std::format("the name {} was not resolved in time", host));
    std::vector<std::string> addresses;
    for (const auto &address : lookup->info->addresses())
        addresses.push_back(address.toString().toStdString());
    if (addresses.empty()) {
        // Without a network every name is unknown, so it may well be there later.
        auto error = fail(ErrorCode::NotFound, std::format("the name {} has no address", host));
        error.error().retryable = true;
        return error;
    }
    return addresses;
}

} // namespace chrona::net
