// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue.h"
#include "venue_factories.h"

#include <memory>

namespace chrona::sources::tests {

/// One of those that Chrona ships; null where there is no such one.
inline std::unique_ptr<connect::Venue> realVenue(std::string_view id)
{
    for (const auto make : venues::kFactories)
        if (auto venue = make(); venue->id() == id)
            return venue;
    return nullptr;
}

/// A real venue's names and readings at an address of this machine, which the one that derives
/// from it tells.
class MovedVenue : public connect::Venue {
public:
    explicit MovedVenue(std::unique_ptr<connect::Venue> real) : m_real(std::move(real)) {}

    std::string_view id() const override { return m_real->id(); }
    connect::Market market(std::string_view native) const override
    {
        return m_real->market(native);
    }
    std::string nativeName(std::string_view base, std::string_view quote) const override
    {
        return m_real->nativeName(base, quote);
    }
    std::string url(connect::RequestKind, std::string_view) const override { return {}; }
    std::vector<std::string> subscribe(std::span<const std::string> natives) const override
    {
        return m_real->subscribe(natives);
    }
    std::string keepAlive(std::int64_t nowMs) const override { return m_real->keepAlive(nowMs); }
    connect::Reading readReply(const connect::HttpReply &reply) const override
    {
        return m_real->readReply(reply);
    }
    connect::Reading readFrame(std::string_view frame, connect::Session &session) const override
    {
        return m_real->readFrame(frame, session);
    }

protected:
    [[nodiscard]] const connect::Venue &real() const { return *m_real; }

private:
    std::unique_ptr<connect::Venue> m_real;
};

} // namespace chrona::sources::tests
