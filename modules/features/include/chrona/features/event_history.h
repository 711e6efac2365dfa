// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::features {

/// A set of words for each row, as one flat column.
class WordColumn {
public:
    void append(std::span<const std::string> words);
    /// Positions in words() of one row, ascending, each once.
    [[nodiscard]] std::span<const std::uint32_t> row(std::size_t row) const
    {
        return std::span(m_items).subspan(m_ends[row], m_ends[row + 1] - m_ends[row]);
    }
    [[nodiscard]] const std::vector<std::string> &words() const { return m_words; }
    [[nodiscard]] std::size_t size() const { return m_ends.size() - 1; }

private:
    std::vector<std::size_t> m_ends{0};
    std::vector<std::uint32_t> m_items;
    std::vector<std::string> m_words;
    std::map<std::string, std::uint32_t, std::less<>> m_places;
};

/// What an event is about beyond its columns.
struct EventWords {
    std::vector<std::string> topics;
    std::vector<std::string> entities;
};

/// Everything that sources ever said about events, one row a statement: several rows of one id are
/// what was said first and later. Order does not matter. Values are copied in; any thread reads.
class EventHistory {
public:
    static constexpr std::size_t kRowsMax = 50'000'000;

    /// figures: attributes that definitions use ("magnitude"). "surprise" is computed: the
    /// attribute "actual" less "consensus" (or "forecast"), or where there is none less "previous".
    explicit EventHistory(std::vector<std::string> figures = {});

    void append(const schema::Event &event, const EventWords &words = {});

    [[nodiscard]] std::size_t size() const { return m_columns.size(); }
    [[nodiscard]] const schema::EventColumns &columns() const { return m_columns; }
    [[nodiscard]] const std::vector<std::string> &regions() const { return m_regions; }
    [[nodiscard]] const WordColumn &topics() const { return m_topics; }
    [[nodiscard]] const WordColumn &entities() const { return m_entities; }
    [[nodiscard]] schema::AvailabilityBasis basis(std::size_t row) const { return m_basis[row]; }
    /// NaN where the statement has none. nullptr: that figure was not asked for.
    [[nodiscard]] const std::vector<double> *figure(std::string_view name) const;
    /// Any order over what the figures of two rows say; only so that there is one.
    [[nodiscard]] bool figuresLess(std::size_t a, std::size_t b) const;

private:
    [[nodiscard]] std::uint16_t regionIndex(const std::string &region);

    schema::EventColumns m_columns;
    std::vector<std::string> m_regions;
    std::map<std::string, std::uint16_t, std::less<>> m_regionPlaces;
    WordColumn m_topics, m_entities;
    std::vector<schema::AvailabilityBasis> m_basis;
    std::vector<std::string> m_figureNames;
    std::vector<std::vector<double>> m_figures;
};

/// The rows of a history in the order that does not depend on how they arrived: by event, then by
/// when they became available; each holds until the next one of the same event.
class EventTimeline {
public:
    explicit EventTimeline(const EventHistory &history); ///< the history must outlive it

    struct Statement {
        std::uint32_t row; ///< in the history
        bool isLast;       ///< of its event: nothing was said after it
    };
    [[nodiscard]] std::span<const Statement> statements() const { return m_statements; }
    [[nodiscard]] const EventHistory &history() const { return *m_history; }

private:
    const EventHistory *m_history;
    std::vector<Statement> m_statements;
};

} // namespace chrona::features
