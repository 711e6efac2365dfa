// SPDX-License-Identifier: AGPL-3.0-or-later
#include "judged_addresses.h"

#include <QHostAddress>

#include <format>

namespace chrona::net {

Result<std::vector<std::string>> judgedAddresses(const std::string &host,
                                                 const Judgement &judgement, std::stop_token stop)
{
    std::vector<std::string> addresses{host};
    if (QHostAddress(QString::fromStdString(host)).isNull()) {
        auto resolved = judgement.resolver.resolve(host, judgement.resolveMax, stop);
        if (!resolved)
            return resolved;
        addresses = std::move(*resolved);
    }
    for (const auto &address : addresses)
        if (!isAllowedAddress(address, judgement.policy))
            return fail(ErrorCode::Denied,
                        std::format("{} lies at {}, which is not a public address", host, address));
    return addresses;
}

} // namespace chrona::net
