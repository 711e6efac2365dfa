// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "tick_columns.h"

#include "chrona/formats/tick_segment.h"
#include "chrona/oracle/recording.h"

using namespace chrona;
using fuzz::mustHold;

namespace {

/// Whatever lies in a folder of recorded ticks.
void readSegment(std::string_view bytes)
{
    auto reader = formats::TickSegmentReader::open(bytes);
    if (!reader)
        return;
    auto skipping = *reader;
    std::vector<formats::TickRecord> records;
    while (reader->next(records)) {
        mustHold(records.size() <= formats::kTickBlockMax);
        mustHold(skipping.skip() && skipping.soundBytes() == reader->soundBytes());
    }
    mustHold(records.empty() && reader->soundBytes() <= bytes.size());
}

/// What a block holds, without the checksum and the packing that keep a fuzzer out. What was read
/// is written and read as the same.
void readColumns(std::size_t count, std::string_view bytes)
{
    std::vector<formats::TickRecord> records, again;
    if (!formats::readTickColumns(bytes, count, records))
        return;
    mustHold(records.size() == count);
    const std::string file = formats::tickSegmentHead({}) + formats::tickBlock(records);
    auto reader = formats::TickSegmentReader::open(file);
    mustHold(reader && reader->next(again) && reader->isAtEnd());
    mustHold(formats::tickColumns(again) == formats::tickColumns(records));
}

struct Unheard final : oracle::PublishingSink {
    void judged(std::size_t, const oracle::TickVerdict &) override {}
    void answered(const oracle::Answer &) override {}
    void epochEnded(std::int64_t, const oracle::Answer &, const oracle::BandChoice &) override {}
};

/// What a recording says of whom it listened to; a plan that was read can be worked by.
void readPlan(std::string_view text)
{
    const auto plan = oracle::readPlan(text);
    if (!plan)
        return;
    const std::string written = oracle::writePlan(*plan);
    const auto again = oracle::readPlan(written);
    mustHold(again && oracle::writePlan(*again) == written);
    if (plan->feeds.empty())
        return;
    auto replay = oracle::RecordedReplay::create(*plan, plan->feeds.front().name);
    if (!replay)
        return;
    Unheard sink;
    oracle::Tick tick;
    tick.receivedMs = tick.exchangeMs = 1'700'000'000'000;
    tick.bid = 1;
    tick.ask = tick.last = 1.001;
    replay->begin();
    for (std::uint32_t market = 0; market < 8; ++market)
        replay->take(market, tick, sink);
    replay->reveal(0, {.endMs = 1, .q25 = 1, .median = 1, .q75 = 1});
    replay->endSecond(1'700'000'001'000, sink);
}

} // namespace

/// The first byte chooses what the others are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    switch (data[0] % 3) {
    case 0: readSegment(fuzz::textOf(data + 1, size - 1)); break;
    case 1: readColumns(data[1], fuzz::textOf(data + 2, size - 2)); break;
    default: readPlan(fuzz::textOf(data + 1, size - 1));
    }
    return 0;
}
