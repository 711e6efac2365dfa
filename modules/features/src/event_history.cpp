// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/event_history.h"

#include "missing.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>
#include <variant>

namespace chrona::features {

namespace {

constexpr std::size_t kRegionsMax = 65'535;

std::optional<double> numberIn(const schema::Attributes &attributes, std::string_view key)
{
    const auto *value = schema::find(attributes, key);
    if (value == nullptr)
        return std::nullopt;
    std::optional<double> number;
    if (const auto *real = std::get_if<double>(value))
        number = *real;
    else if (const auto *whole = std::get_if<std::int64_t>(value))
        number = static_cast<double>(*whole);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

double figureOf(const schema::Event &event, std::string_view name)
{
    if (name != "surprise")
        return numberIn(event.attributes, name).value_or(kMissing);
    const auto actual = numberIn(event.attributes, "actual");
    auto expected = numberIn(event.attributes, "consensus");
    for (const std::string_view other : {"forecast", "previous"})
        if (!expected)
            expected = numberIn(event.attributes, other);
    return actual && expected ? *actual - *expected : kMissing;
}

} // namespace

void WordColumn::append(std::span<const std::string> words)
{
    std::vector<std::uint32_t> row;
    for (const auto &word : words) {
        const auto [place, isNew] =
            m_places.try_emplace(word, static_cast<std::uint32_t>(m_words.size()));
        if (isNew)
            m_words.push_back(word);
        row.push_back(place->second);
    }
    std::ranges::sort(row);
    row.erase(std::ranges::unique(row).begin(), row.end());
    m_items.insert(m_items.end(), row.begin(), row.end());
    m_ends.push_back(m_items.size());
}

EventHistory::EventHistory(std::vector<std::string> figures)
    : m_figureNames(std::move(figures)), m_figures(m_figureNames.size())
{
}

std::uint16_t EventHistory::regionIndex(const std::string &region)
{
    if (const auto found = m_regionPlaces.find(region); found != m_regionPlaces.end())
        return found->second;
    // Regions are codes of a few letters; a stream that invents more than fits shares the last.
    const std::size_t place = std::min(m_regions.size(), kRegionsMax);
    if (place < kRegionsMax) {
        m_regions.push_back(region);
        m_regionPlaces.emplace(region, static_cast<std::uint16_t>(place));
    } else if (m_regions.size() == kRegionsMax) {
        m_regions.emplace_back();
    }
    return static_cast<std::uint16_t>(place);
}

void EventHistory::append(const schema::Event &event, const EventWords &words)
{
    m_columns.append(event, 0, regionIndex(event.region));
    m_topics.append(words.topics);
    m_entities.append(words.entities);
    m_basis.push_back(event.times.basis);
    for (std::size_t i = 0; i < m_figures.size(); ++i)
        m_figures[i].push_back(figureOf(event, m_figureNames[i]));
}

const std::vector<double> *EventHistory::figure(std::string_view name) const
{
    const auto found = std::ranges::find(m_figureNames, name);
    return found == m_figureNames.end()
               ? nullptr
               : &m_figures[static_cast<std::size_t>(found - m_figureNames.begin())];
}

bool EventHistory::figuresLess(std::size_t a, std::size_t b) const
{
    const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    for (const auto &column : m_figures)
        if (bits(column[a]) != bits(column[b]))
            return bits(column[a]) < bits(column[b]);
    return false;
}

EventTimeline::EventTimeline(const EventHistory &history) : m_history(&history)
{
    const auto &columns = history.columns();
    // Statements of one event that became available at the same moment contradict each other:
    // whichever is taken must not depend on arrival, so all that tells them apart is compared.
    const auto keyOf = [&](std::uint32_t row) {
        return std::tuple(columns.id[row], columns.availableAt[row], columns.observedAt[row],
                          columns.flags[row], columns.type[row], columns.severity[row],
                          columns.confidence[row]);
    };
    const auto wordsOf = [](const WordColumn &column, std::uint32_t row) {
        std::vector<std::string_view> words;
        for (const std::uint32_t item : column.row(row))
            words.push_back(column.words()[item]);
        std::ranges::sort(words);
        return words;
    };
    std::vector<std::uint32_t> rows(history.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::ranges::sort(rows, [&](std::uint32_t a, std::uint32_t b) {
        const auto left = keyOf(a);
        const auto right = keyOf(b);
        if (left != right)
            return left < right;
        if (columns.region[a] != columns.region[b])
            return history.regions()[columns.region[a]] < history.regions()[columns.region[b]];
        if (auto order = wordsOf(history.topics(), a) <=> wordsOf(history.topics(), b); order != 0)
            return order < 0;
        if (auto order = wordsOf(history.entities(), a) <=> wordsOf(history.entities(), b);
            order != 0)
            return order < 0;
        return history.figuresLess(a, b);
    });
    m_statements.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        m_statements.push_back(
            {rows[i], i + 1 == rows.size() || columns.id[rows[i]] != columns.id[rows[i + 1]]});
}

} // namespace chrona::features
