// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::connect {

/// A value of a series as its source states it.
struct StatedValue {
    Instant observedAt{};
    double value = 0; ///< NaN: the source says that there is none
    /// When the source said so; without it, the value counts as known from when we had it.
    std::optional<Instant> publishedAt{};
    /// Where the source states no time but its timetable is known: since when it was to be had.
    std::optional<Instant> assumedAt{};
};

/// Gathers what a connector makes of a payload. What the world model has a fault to find with
/// becomes a Rejected draft with the reason, so that a connector checks only what is its source's
/// own. One thread at a time.
class DraftList {
public:
    /// In front of its values. Each key once; the id is null when the series was refused.
    schema::SeriesId series(schema::Series series);
    /// Values of a refused series are left out: the series stands there as rejected.
    void observe(schema::SeriesId series, const StatedValue &stated);
    /// In front of its bars and quotes. The id is null when it was refused.
    schema::InstrumentId instrument(schema::Instrument instrument);
    void bar(schema::PriceBar bar);
    void quote(schema::Quote quote);
    void entity(schema::Entity entity);
    /// Judged by the events engine, which completes it.
    void event(schema::Event event);
    void reject(std::string sourceRef, std::string reason);

    [[nodiscard]] std::size_t size() const { return m_drafts.size(); }
    [[nodiscard]] std::vector<Draft> take() { return std::move(m_drafts); }

private:
    std::vector<Draft> m_drafts;
    std::set<schema::SeriesId> m_series, m_refusedSeries;
    std::set<schema::InstrumentId> m_instruments;
};

} // namespace chrona::connect
