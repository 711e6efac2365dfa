// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "venue_factories.h"

#include <array>
#include <memory>
#include <vector>

using namespace chrona;

namespace {

const std::vector<std::unique_ptr<connect::Venue>> &allVenues()
{
    static const auto all = [] {
        std::vector<std::unique_ptr<connect::Venue>> made;
        for (const auto &factory : chrona::venues::kFactories)
            made.push_back(factory());
        return made;
    }();
    return all;
}

/// What a refusal says must hold, whoever reads.
void check(const connect::Reading &reading)
{
    const auto outcome = reading.verdict.outcome;
    fuzz::mustHold((outcome == connect::Outcome::Accept) == reading.verdict.reason.empty());
    for (const connect::Message &message : reading.messages)
        if (const auto *ticker = std::get_if<connect::Ticker>(&message))
            fuzz::mustHold(ticker->last || ticker->bid || ticker->ask);
}

} // namespace

/// The first byte picks the venue, the second what is read; the rest is an answer, or two frames of
/// one connection.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const auto &venue = *allVenues()[data[0] % allVenues().size()];
    const std::string_view bytes = fuzz::textOf(data + 2, size - 2);
    const unsigned what = data[1] % 8;
    if (what < 6) {
        check(venue.readReply({.kind = static_cast<connect::RequestKind>(what),
                               .target = "/products/BTC-USD/ticker/tBTCUSD?symbol=BTCUSDT",
                               .body = bytes,
                               .receivedMs = 1'700'000'000'000}));
        return 0;
    }
    connect::Session session;
    const std::size_t cut = what == 6 ? bytes.size() : std::min(bytes.find('\n'), bytes.size());
    check(venue.readFrame(bytes.substr(0, cut), session));
    check(venue.readFrame(bytes.substr(std::min(cut + 1, bytes.size())), session));
    return 0;
}
