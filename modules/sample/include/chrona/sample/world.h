// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/sample/truth.h"
#include "chrona/schema/boundary.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/oracle.h"
#include "chrona/schema/series.h"
#include "chrona/schema/source.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace chrona::sample {

/// What makes one sample world differ from another. The same options give the same bytes on every
/// platform: all randomness and all transcendental functions are our own.
struct WorldOptions {
    static constexpr std::size_t kEventsMin = 2'000;
    static constexpr std::size_t kEventsMax = 5'000'000;
    static constexpr int kYearsMax = 20;

    std::uint64_t seed = 1;
    std::size_t events = 250'000; ///< exactly that many are written
    int years = 6;
    Instant end; ///< the world's last moment; the caller's most recent midnight UTC
};

/// Takes values in batches; a failure stops the writing and is handed back to its caller.
template <class T> using Sink = std::function<Status(std::span<const T>)>;

/// The synthetic sample world: places, sources, events, prices, series and venues' ticks that look
/// like the real thing and are marked synthetic everywhere.
///
/// make() draws up the plan (some 20 MB at 250,000 events); the write functions then produce the
/// values in batches, so that memory stays small. Immutable after make(): any thread, several at
/// once.
class World {
public:
    /// Fails with InvalidInput where an option is out of its range.
    [[nodiscard]] static Result<World> make(const WorldOptions &options);

    [[nodiscard]] std::span<const schema::Source> sources() const;
    [[nodiscard]] std::span<const schema::Entity> entities() const;
    [[nodiscard]] std::span<const schema::Place> places() const;
    [[nodiscard]] std::span<const schema::Instrument> instruments() const; ///< the default targets
    /// Macro series with vintages, monthly regional series, and daily features of event streams.
    [[nodiscard]] std::span<const schema::Series> series() const;
    /// Sets "us-states" (codes US-AL …) and "ca-provinces" (codes CA-AB …).
    [[nodiscard]] std::span<const schema::Boundary> boundaries() const;
    [[nodiscard]] const Truth &truth() const;
    [[nodiscard]] Instant begin() const;
    [[nodiscard]] Instant end() const;

    /// In order of observed_at.
    [[nodiscard]] Status writeEvents(const Sink<schema::Event> &sink,
                                     std::size_t batchSize = 5'000) const;
    /// Daily bars of all instruments, in order of time, then instrument.
    [[nodiscard]] Status writeBars(const Sink<schema::PriceBar> &sink,
                                   std::size_t batchSize = 10'000) const;
    /// Every vintage of every series, series by series.
    [[nodiscard]] Status writeObservations(const Sink<schema::Observation> &sink,
                                           std::size_t batchSize = 10'000) const;
    /// The last hour of eight invented venues with ten pairs, with a few faults among them, in
    /// order of receipt.
    [[nodiscard]] Status writeQuotes(const Sink<schema::Quote> &sink,
                                     std::size_t batchSize = 10'000) const;

    struct Plan; ///< what make() decides; opaque

private:
    explicit World(std::shared_ptr<const Plan> plan);
    std::shared_ptr<const Plan> m_plan;
};

} // namespace chrona::sample
