// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/oracle.h"

#include "checks.h"
#include "enum_names.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::schema {
namespace {

constexpr auto kVerdicts = enumNames<VenueVerdict>("used", "stale", "deviating", "frozen",
                                                   "crossed", "thin", "unreachable");

} // namespace

std::string_view toString(VenueVerdict verdict)
{
    return kVerdicts.nameOf(verdict);
}

std::optional<VenueVerdict> venueVerdictFrom(std::string_view text)
{
    return kVerdicts.valueOf(text);
}

Faults validate(const Quote &quote)
{
    Checks checks;
    checks.key("venue", quote.venue, Presence::Required);
    checks.key("symbol", quote.symbol, Presence::Required);
    checks.instant("received_at", quote.receivedAt);
    checks.instant("exchange_at", quote.exchangeAt);
    // A venue's price of 0 or below is a fault of the venue, never a price.
    const auto price = [&](std::string_view field, double value) {
        checks.nanOrFinite(field, value);
        checks.require(!(value <= 0), field, "is not above 0");
    };
    price("bid", quote.bid);
    price("ask", quote.ask);
    price("last", quote.last);
    checks.require(!(std::isnan(quote.bid) && std::isnan(quote.ask) && std::isnan(quote.last)),
                   "last", "is missing, and so are bid and ask");
    // A crossed book (bid above ask) happens and is kept: judging it is the oracle's work.
    checks.nanOrNotNegative("size", quote.size);
    checks.nanOrNotNegative("volume_24h", quote.volume24h);
    return checks.take();
}

Faults validate(const Consensus &consensus)
{
    Checks checks;
    checks.key("feed", consensus.feed, Presence::Required);
    checks.instant("at", consensus.at);
    checks.require(consensus.price.units() > 0, "price", "is not above 0");
    checks.require(consensus.confidenceBps >= 0 && std::isfinite(consensus.confidenceBps),
                   "confidence_bps", "is negative or not finite");
    std::size_t used = 0;
    for (std::size_t i = 0; i < consensus.venues.size(); ++i) {
        const VenueOpinion &opinion = consensus.venues[i];
        const std::string field = std::format("venues[{}]", i);
        const bool counts = opinion.verdict == VenueVerdict::Used;
        used += counts ? 1 : 0;
        checks.key(field + ".venue", opinion.venue, Presence::Required);
        checks.require(kVerdicts.has(opinion.verdict), field + ".verdict", "is unknown");
        checks.share(field + ".weight", opinion.weight);
        checks.require(counts || opinion.weight == 0, field + ".weight",
                       "is not 0 though the venue does not count");
        checks.require(!counts || opinion.price > 0, field + ".price", "is not above 0");
    }
    checks.require(used == consensus.venuesUsed, "venues_used",
                   "differs from the venues that count");
    return checks.take();
}

} // namespace chrona::schema
