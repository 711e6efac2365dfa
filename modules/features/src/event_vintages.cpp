// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_changes.h"

#include "missing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>
#include <limits>
#include <set>

namespace chrona::features {

namespace {

constexpr std::size_t kVintagesMax = 50'000'000;

/// What counts in one bucket at one time. Severities and confidences are whole numbers (bytes of
/// the columns), so that adding and taking away leaves nothing behind.
class BucketState {
public:
    BucketState(const Definition &definition, const EventTimeline &timeline)
        : m_definition(definition), m_timeline(timeline),
          m_figure(timeline.history().figure(definition.figure))
    {
    }

    void clear()
    {
        m_count = m_parts = m_severities = m_confidences = 0;
        m_bases.fill(0);
        m_bySeverity.clear();
        m_figures.clear();
    }

    void apply(const Change &change)
    {
        const std::int64_t step = change.begins ? 1 : -1;
        const std::uint32_t row = m_timeline.statements()[change.statement].row;
        const auto &columns = m_timeline.history().columns();
        m_count += step;
        m_parts += change.isPart ? step : 0;
        m_severities += step * columns.severity[row];
        m_confidences += step * columns.confidence[row];
        m_bases[static_cast<std::size_t>(m_timeline.history().basis(row))] += step;
        if (m_definition.aggregation == Aggregation::SeverityMax)
            change.begins ? void(m_bySeverity.insert(columns.severity[row]))
                          : void(m_bySeverity.erase(m_bySeverity.find(columns.severity[row])));
        if (m_figure != nullptr)
            change.begins ? void(m_figures.insert((*m_figure)[row]))
                          : void(m_figures.erase(m_figures.find((*m_figure)[row])));
    }
    void applyPart(const Change &change) { m_parts += change.begins ? 1 : -1; }

    [[nodiscard]] double value() const
    {
        if (m_count == 0 && m_definition.aggregation != Aggregation::Share)
            return m_definition.emptyBucket == schema::EmptyBucket::Zero ? 0 : kMissing;
        switch (m_definition.aggregation) {
        case Aggregation::Count: return static_cast<double>(m_count);
        case Aggregation::SeveritySum: return static_cast<double>(m_severities) / 255;
        case Aggregation::SeverityMax: return *m_bySeverity.rbegin() / 255.0;
        case Aggregation::ConfidenceSum: return static_cast<double>(m_confidences) / 255;
        case Aggregation::Share:
            return m_count > 0 ? static_cast<double>(m_parts) / static_cast<double>(m_count)
                               : kMissing;
        case Aggregation::FigureSum: return figureSum();
        case Aggregation::FigureMean: return figureSum() / static_cast<double>(m_figures.size());
        case Aggregation::FigureMax: return *m_figures.rbegin();
        }
        return kMissing;
    }

    [[nodiscard]] schema::AvailabilityBasis basis() const
    {
        using enum schema::AvailabilityBasis;
        if (m_bases[static_cast<std::size_t>(Assumed)] > 0)
            return Assumed;
        return m_bases[static_cast<std::size_t>(Stated)] > 0 ? Stated : Measured;
    }

private:
    [[nodiscard]] double figureSum() const
    {
        double sum = 0; // anew each time and from the least: the same whatever came and went
        for (const double figure : m_figures)
            sum += figure;
        return sum;
    }

    const Definition &m_definition;
    const EventTimeline &m_timeline;
    const std::vector<double> *m_figure;
    std::int64_t m_count = 0, m_parts = 0, m_severities = 0, m_confidences = 0;
    std::array<std::int64_t, 3> m_bases{};
    std::multiset<std::uint8_t> m_bySeverity;
    std::multiset<double> m_figures;
};

/// The changes of one list that belong to one bucket; buckets are asked for in ascending order.
class BucketCursor {
public:
    explicit BucketCursor(std::span<const Change> changes) : m_changes(changes) {}
    std::span<const Change> of(std::size_t bucket)
    {
        while (m_at < m_changes.size() && m_changes[m_at].bucket < bucket)
            ++m_at;
        std::size_t end = m_at;
        while (end < m_changes.size() && m_changes[end].bucket == bucket)
            ++end;
        return m_changes.subspan(m_at, end - m_at);
    }

private:
    std::span<const Change> m_changes;
    std::size_t m_at = 0;
};

/// Walks one member's buckets.
class Walk {
public:
    Walk(const Definition &definition, const EventTimeline &timeline, const Buckets &buckets)
        : m_definition(definition), m_buckets(buckets), m_state(definition, timeline)
    {
    }

    /// own and totals: of this bucket, by time.
    void bucket(std::size_t bucket, std::span<const Change> own, std::span<const Change> totals)
    {
        const bool isDense = m_definition.emptyBucket != schema::EmptyBucket::Carried;
        if (own.empty() && totals.empty() && !isDense)
            return;
        m_state.clear();
        const std::int64_t end = m_buckets.end(bucket).time_since_epoch().count();
        std::size_t i = 0;
        std::size_t j = 0;
        bool isFirst = true;
        while (isFirst || i < own.size() || j < totals.size()) {
            std::int64_t now = std::numeric_limits<std::int64_t>::max();
            if (i < own.size())
                now = own[i].knownAt;
            if (j < totals.size())
                now = std::min(now, totals[j].knownAt);
            if (isFirst && isDense)
                now = end;
            for (; j < totals.size() && totals[j].knownAt <= now; ++j)
                m_state.apply({0, 0, 0, totals[j].statement, totals[j].begins, false});
            for (; i < own.size() && own[i].knownAt <= now; ++i)
                totals.empty() ? m_state.apply(own[i]) : m_state.applyPart(own[i]);
            emit(bucket, now, isFirst);
            isFirst = false;
        }
    }

    std::vector<FeatureVintage> vintages;

private:
    void emit(std::size_t bucket, std::int64_t now, bool isFirst)
    {
        const double value = m_state.value();
        const bool isMissing = std::isnan(value);
        if (!isFirst) {
            const double last = vintages.back().value;
            if (value == last || (isMissing && std::isnan(last)))
                return;
        }
        vintages.push_back(
            {m_buckets.label(bucket), Instant(Duration(now)), value, m_state.basis()});
    }

    const Definition &m_definition;
    const Buckets &m_buckets;
    BucketState m_state;
};

/// A member's changes in a list that is ordered by member.
std::span<const Change> changesOfMember(const ChangeList &list, std::uint32_t member)
{
    const auto range = std::ranges::equal_range(list.changes, member, {}, &Change::member);
    return {range.begin(), range.end()};
}

std::vector<char> isOfChanged(const EventTimeline &timeline,
                              std::span<const schema::EventId> changed)
{
    std::set<std::int64_t> ids;
    for (const auto id : changed)
        ids.insert(id.value);
    std::vector<char> result;
    for (const auto &statement : timeline.statements())
        result.push_back(ids.contains(timeline.history().columns().id[statement.row]) ? 1 : 0);
    return result;
}

} // namespace

Result<std::vector<FeatureVintages>>
buildVintages(const Definition &definition, const EventTimeline &timeline, const Buckets &buckets)
{
    const auto list = changesOf(definition, timeline, buckets);
    if (!list)
        return std::unexpected(list.error());
    if (definition.emptyBucket != schema::EmptyBucket::Carried &&
        list->members.size() * buckets.count() > kVintagesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} has {} members over {} buckets: too many to hold",
                                definition.key, list->members.size(), buckets.count()),
                    "narrow the filter, or let empty buckets be carried");
    std::vector<FeatureVintages> result;
    for (std::uint32_t member = 0; member < list->members.size(); ++member) {
        Walk walk(definition, timeline, buckets);
        BucketCursor own(changesOfMember(*list, member));
        BucketCursor totals(list->totals);
        for (std::size_t bucket = 0; bucket < buckets.count(); ++bucket)
            walk.bucket(bucket, own.of(bucket), totals.of(bucket));
        result.push_back({list->members[member], std::move(walk.vintages)});
    }
    return result;
}

Result<std::vector<DirtyBucket>> dirtyBuckets(const Definition &definition,
                                              const EventTimeline &timeline, const Buckets &buckets,
                                              std::span<const schema::EventId> changed)
{
    const auto list = changesOf(definition, timeline, buckets);
    if (!list)
        return std::unexpected(list.error());
    const auto isChanged = isOfChanged(timeline, changed);
    std::set<DirtyBucket> dirty;
    for (std::uint32_t member = 0; member < list->members.size(); ++member) {
        const auto own = changesOfMember(*list, member);
        const bool isNew = std::ranges::all_of(
            own, [&](const Change &change) { return isChanged[change.statement] != 0; });
        // A member that nothing spoke of before has no buckets yet, not even quiet ones.
        for (std::size_t bucket = 0; isNew && bucket < buckets.count(); ++bucket)
            dirty.insert({list->members[member], bucket});
        for (const auto changes : {own, std::span<const Change>(list->totals)})
            for (const auto &change : changes)
                if (isChanged[change.statement] != 0)
                    dirty.insert({list->members[member], change.bucket});
    }
    return std::vector<DirtyBucket>(dirty.begin(), dirty.end());
}

Result<std::vector<FeatureVintages>> rebuildVintages(const Definition &definition,
                                                     const EventTimeline &timeline,
                                                     const Buckets &buckets,
                                                     std::span<const DirtyBucket> dirty)
{
    const auto list = changesOf(definition, timeline, buckets);
    if (!list)
        return std::unexpected(list.error());
    std::vector<DirtyBucket> ordered(dirty.begin(), dirty.end());
    std::ranges::sort(ordered);
    std::vector<FeatureVintages> result;
    for (std::size_t i = 0; i < ordered.size();) {
        const std::string name = ordered[i].member;
        const auto found = std::ranges::lower_bound(list->members, name);
        const bool isKnown = found != list->members.end() && *found == name;
        Walk walk(definition, timeline, buckets);
        BucketCursor own(isKnown ? changesOfMember(*list, static_cast<std::uint32_t>(
                                                              found - list->members.begin()))
                                 : std::span<const Change>());
        BucketCursor totals(list->totals);
        for (; i < ordered.size() && ordered[i].member == name; ++i)
            if (ordered[i].bucket < buckets.count())
                walk.bucket(ordered[i].bucket, own.of(ordered[i].bucket),
                            totals.of(ordered[i].bucket));
        result.push_back({name, std::move(walk.vintages)});
    }
    return result;
}

} // namespace chrona::features
