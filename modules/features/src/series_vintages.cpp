// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/vintages.h"

#include "missing.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <limits>
#include <optional>
#include <tuple>

namespace chrona::features {

namespace {

constexpr std::size_t kDeviationValuesMin = 3; ///< fewer do not tell how far values scatter

/// Everything that was said about one moment, by when it was said.
struct Observed {
    std::int64_t at = 0;
    std::vector<stats::Vintage> vintages;

    [[nodiscard]] double knownAt(std::int64_t time) const
    {
        const auto after = std::ranges::upper_bound(vintages, time, {}, &stats::Vintage::knownAt);
        return after == vintages.begin() ? kMissing : std::prev(after)->value;
    }
};

std::vector<Observed> observationsOf(std::span<const stats::Vintage> vintages,
                                     schema::VintageChoice choice)
{
    std::vector<stats::Vintage> ordered;
    for (const auto &vintage : vintages)
        if (std::isfinite(vintage.value))
            ordered.push_back(vintage);
    std::ranges::sort(ordered, {}, [](const stats::Vintage &vintage) {
        return std::tuple(vintage.observedAt, vintage.knownAt, vintage.value);
    });
    std::vector<Observed> result;
    for (const auto &vintage : ordered) {
        const bool isNew = result.empty() || result.back().at != vintage.observedAt;
        if (isNew)
            result.push_back({vintage.observedAt, {}});
        auto &known = result.back().vintages;
        if (isNew || choice == schema::VintageChoice::LatestKnown)
            known.push_back(vintage);
    }
    return result;
}

struct MeanAndDeviation {
    double mean = kMissing, deviation = kMissing;
};

MeanAndDeviation describe(std::span<const double> values)
{
    if (values.size() < kDeviationValuesMin)
        return {};
    const auto n = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values)
        mean += value / n;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / (n - 1))};
}

/// One series and one transform: a value of any observation as it was known at any time.
class SeriesReader {
public:
    SeriesReader(const Definition &definition, const SeriesHistory &history)
        : m_definition(definition),
          m_observations(observationsOf(history.vintages, choiceOf(definition))),
          m_expectations(observationsOf(history.expectations, schema::VintageChoice::LatestKnown))
    {
    }

    [[nodiscard]] const std::vector<Observed> &observations() const { return m_observations; }

    /// How many observations before it a value rests on.
    [[nodiscard]] std::size_t reach() const
    {
        switch (m_definition.transform) {
        case Transform::Level: return 0;
        case Transform::Mean: return m_definition.span - 1;
        case Transform::Surprise: return m_definition.span + 1;
        default: return m_definition.span;
        }
    }

    [[nodiscard]] double value(std::size_t i, std::int64_t time) const
    {
        const std::size_t span = m_definition.span;
        switch (m_definition.transform) {
        case Transform::Level: return at(i, time);
        case Transform::Difference: return i >= span ? at(i, time) - at(i - span, time) : kMissing;
        case Transform::LogChange: return logChange(i, span, time);
        case Transform::Mean: return mean(i, time);
        case Transform::ZScore: return zScore(i, time);
        case Transform::RealisedVolatility: return volatility(i, time);
        case Transform::Surprise: return surprise(i, time);
        }
        return kMissing;
    }

private:
    /// A surprise is what the first print was; later ones surprise nobody in the same way.
    static schema::VintageChoice choiceOf(const Definition &definition)
    {
        return definition.transform == Transform::Surprise ? schema::VintageChoice::FirstPrint
                                                           : definition.vintages;
    }

    [[nodiscard]] double at(std::size_t i, std::int64_t time) const
    {
        return m_observations[i].knownAt(time);
    }

    [[nodiscard]] double logChange(std::size_t i, std::size_t span, std::int64_t time) const
    {
        if (i < span)
            return kMissing;
        const double now = at(i, time);
        const double before = at(i - span, time);
        return now > 0 && before > 0 ? std::log(now) - std::log(before) : kMissing;
    }

    [[nodiscard]] double mean(std::size_t i, std::int64_t time) const
    {
        if (i + 1 < m_definition.span)
            return kMissing;
        double sum = 0;
        for (std::size_t k = 0; k < m_definition.span; ++k)
            sum += at(i - k, time); // one that is unknown makes the mean unknown
        return sum / static_cast<double>(m_definition.span);
    }

    [[nodiscard]] double zScore(std::size_t i, std::int64_t time) const
    {
        if (i < m_definition.span)
            return kMissing;
        std::vector<double> before;
        for (std::size_t k = 1; k <= m_definition.span; ++k)
            if (const double value = at(i - k, time); !std::isnan(value))
                before.push_back(value);
        const auto usual = describe(before);
        return usual.deviation > 0 ? (at(i, time) - usual.mean) / usual.deviation : kMissing;
    }

    [[nodiscard]] double volatility(std::size_t i, std::int64_t time) const
    {
        if (i < m_definition.span)
            return kMissing;
        double squares = 0;
        for (std::size_t k = 0; k < m_definition.span; ++k) {
            const double change = logChange(i - k, 1, time);
            squares += change * change;
        }
        return std::sqrt(squares / static_cast<double>(m_definition.span));
    }

    /// First print less what was expected just before it: the consensus, else the value before.
    [[nodiscard]] double rawSurprise(std::size_t i) const
    {
        const auto &print = m_observations[i].vintages.front();
        const auto found =
            std::ranges::lower_bound(m_expectations, m_observations[i].at, {}, &Observed::at);
        double expected = kMissing;
        if (found != m_expectations.end() && found->at == m_observations[i].at)
            expected = found->knownAt(print.knownAt - 1);
        if (std::isnan(expected) && i > 0)
            expected = m_observations[i - 1].knownAt(print.knownAt);
        return print.value - expected;
    }

    [[nodiscard]] double surprise(std::size_t i, std::int64_t time) const
    {
        std::vector<double> before;
        for (std::size_t k = 1; k <= m_definition.span && k <= i; ++k) {
            const double value = rawSurprise(i - k);
            if (!std::isnan(value) && m_observations[i - k].vintages.front().knownAt <= time)
                before.push_back(value);
        }
        const auto usual = describe(before);
        return usual.deviation > 0 ? rawSurprise(i) / usual.deviation : kMissing;
    }

    const Definition &m_definition;
    std::vector<Observed> m_observations;
    std::vector<Observed> m_expectations;
};

/// The observations [first, last] of one bucket.
struct BucketSpan {
    std::size_t bucket, first, last;
};

/// When the value of a bucket may have changed: ascending, none before the bucket's end.
std::vector<std::int64_t> timesOf(const SeriesReader &reader, const BucketSpan &span,
                                  std::int64_t bucketEnd)
{
    const auto &observations = reader.observations();
    std::int64_t begin = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = span.first; i <= span.last; ++i)
        begin = std::min(begin, observations[i].vintages.front().knownAt);
    begin = std::max(begin, bucketEnd);
    std::vector<std::int64_t> times{begin};
    for (std::size_t i = span.first - std::min(span.first, reader.reach()); i <= span.last; ++i)
        for (const auto &vintage : observations[i].vintages)
            if (vintage.knownAt > begin)
                times.push_back(vintage.knownAt);
    std::ranges::sort(times);
    times.erase(std::ranges::unique(times).begin(), times.end());
    return times;
}

void addBucket(const SeriesReader &reader, const BucketSpan &span, const Buckets &buckets,
               schema::AvailabilityBasis basis, std::vector<FeatureVintage> &vintages)
{
    const std::size_t before = vintages.size();
    const std::int64_t end = buckets.end(span.bucket).time_since_epoch().count();
    for (const std::int64_t time : timesOf(reader, span, end)) {
        std::optional<std::size_t> newest;
        for (std::size_t i = span.first; i <= span.last; ++i)
            if (reader.observations()[i].vintages.front().knownAt <= time)
                newest = i;
        const double value = newest ? reader.value(*newest, time) : kMissing;
        const double last = vintages.size() > before ? vintages.back().value : kMissing;
        if (value != last && !(std::isnan(value) && std::isnan(last)))
            vintages.push_back({buckets.label(span.bucket), Instant(Duration(time)), value, basis});
    }
}

bool isNamed(const Definition &definition, std::string_view key)
{
    const std::string_view wanted = definition.series;
    return wanted.ends_with('*') ? key.starts_with(wanted.substr(0, wanted.size() - 1))
                                 : key == wanted;
}

} // namespace

Result<std::vector<FeatureVintages>> buildVintages(const Definition &definition,
                                                   std::span<const SeriesHistory> series,
                                                   const Buckets &buckets)
{
    if (auto checked = check(definition); !checked)
        return std::unexpected(checked.error());
    if (definition.source != Definition::Source::Series || definition.bucket != buckets.frequency())
        return fail(ErrorCode::InvalidInput,
                    std::format("{} is not a feature of series in such buckets", definition.key));
    std::vector<FeatureVintages> result;
    for (const auto &history : series) {
        if (!isNamed(definition, history.key))
            continue;
        const SeriesReader reader(definition, history);
        const auto &observations = reader.observations();
        FeatureVintages feature{history.key, {}};
        for (std::size_t i = 0; i < observations.size();) {
            const auto bucket = buckets.indexOf(Instant(Duration(observations[i].at)));
            std::size_t last = i;
            while (bucket && last + 1 < observations.size() &&
                   observations[last + 1].at <= buckets.end(*bucket).time_since_epoch().count())
                ++last;
            if (bucket)
                addBucket(reader, {*bucket, i, last}, buckets, history.basis, feature.vintages);
            i = last + 1;
        }
        result.push_back(std::move(feature));
    }
    std::ranges::sort(result, {}, &FeatureVintages::member);
    return result;
}

} // namespace chrona::features
