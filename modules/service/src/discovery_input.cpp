// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discovery_input.h"

#include "brief_material.h"
#include "column_file.h"
#include "feature_pipeline.h"
#include "feature_zeros.h"
#include "instants.h"

#include "chrona/base/hash.h"
#include "chrona/storage/feature_store.h"
#include "chrona/storage/series_store.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <limits>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

namespace chrona::service {
namespace {

using schema::FeatureValue;

struct PricedTarget {
    schema::Instrument instrument;
    std::unordered_map<std::int64_t, double> priceOn; ///< by day since 1970
};

struct Prices {
    std::vector<PricedTarget> targets;
    Date first{}; ///< day of the earliest price
};

/// Of the targets, and of whatever else a person watches.
Result<Prices> readPrices(storage::Connection &connection, Instant now)
{
    auto instruments = storage::loadInstruments(connection);
    if (!instruments)
        return std::unexpected(instruments.error());
    const auto watched = loadWatchedNodes(connection);
    if (!watched)
        return std::unexpected(watched.error());
    std::ranges::sort(*instruments, {}, &schema::Instrument::symbol);
    Prices prices;
    for (schema::Instrument &instrument : *instruments) {
        if (!instrument.isTarget &&
            !std::ranges::contains(*watched, "instrument:" + instrument.symbol))
            continue;
        storage::SeriesWindow window;
        window.asOf = now;
        const auto bars =
            storage::loadBars(connection, instrument.id, schema::Frequency::Day, window);
        if (!bars)
            return std::unexpected(bars.error());
        if (bars->empty())
            continue;
        PricedTarget target{std::move(instrument), {}};
        for (const schema::PriceBar &bar : *bars) {
            const double price = std::isfinite(bar.adjustedClose) ? bar.adjustedClose : bar.close;
            const Date day = std::chrono::floor<std::chrono::days>(bar.opensAt);
            target.priceOn[day.time_since_epoch().count()] = price;
            prices.first = prices.targets.empty() && target.priceOn.size() == 1
                               ? day
                               : std::min(prices.first, day);
        }
        prices.targets.push_back(std::move(target));
    }
    return prices;
}

std::vector<discovery::TargetHistory>
targetHistories(const Prices &prices, const std::vector<features::Decision> &decisions)
{
    std::vector<discovery::TargetHistory> histories;
    for (const PricedTarget &target : prices.targets) {
        discovery::TargetHistory history{target.instrument.symbol, {}};
        for (const features::Decision &decision : decisions) {
            const auto found = target.priceOn.find(decision.date.time_since_epoch().count());
            history.prices.push_back(found == target.priceOn.end()
                                         ? std::numeric_limits<double>::quiet_NaN()
                                         : found->second);
        }
        histories.push_back(std::move(history));
    }
    return histories;
}

/// A chain over numbers and names, in the panel's order.
class InputHash {
public:
    template <class T> void add(std::span<const T> numbers)
    {
        addPart(toHex(sha256(std::as_bytes(numbers))));
    }
    void add(std::string_view name) { addPart(toHex(sha256(name))); }
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    void addPart(const std::string &part) { m_text = toHex(sha256(m_text + part)); }
    std::string m_text;
};

std::unexpected<Error> nothingToSearch(const char *what, const char *remedy)
{
    return fail(ErrorCode::NotFound, what, remedy);
}

/// The days on which something is decided, and the buckets that end with them.
struct DecisionSpan {
    std::vector<features::Decision> decisions;
    features::Buckets buckets;
};

Result<DecisionSpan> spanFor(storage::Connection &connection, const Prices &prices, Instant now)
{
    const auto bucket = storage::firstDiscoveryBucket(connection, now);
    if (!bucket)
        return std::unexpected(bucket.error());
    const Date end = decidedUntil(now);
    const Date first =
        bucket->has_value()
            ? std::max(Date(std::chrono::floor<std::chrono::days>(**bucket)), prices.first)
            : end;
    if (first >= end)
        return nothingToSearch("there are no features yet", "chronactl run features --wait");
    auto decisions = features::decisionsBetween(decisionClock(), first, end);
    auto buckets = features::Buckets::daily(decisionClock(), first, end);
    if (!decisions || !buckets)
        return std::unexpected(decisions ? buckets.error() : decisions.error());
    return DecisionSpan{std::move(*decisions), std::move(*buckets)};
}

std::vector<discovery::DecisionDay> daysOf(const DecisionSpan &span)
{
    std::vector<discovery::DecisionDay> found;
    for (const features::Decision &decision : span.decisions)
        found.push_back({decision.date, decision.at});
    return found;
}

/// Puts stored values, which come feature by feature, into the panel: those with values, as they
/// come.
class PanelLoader {
public:
    PanelLoader(std::vector<schema::Feature> catalogue, const features::Buckets &buckets,
                Instant now, discovery::PanelBuilder builder)
        : m_buckets(buckets), m_now(now), m_builder(std::move(builder))
    {
        for (schema::Feature &feature : catalogue) {
            const schema::FeatureId id = feature.id;
            m_catalogue.emplace(id, std::move(feature));
        }
    }

    Status take(const FeatureValue &value)
    {
        if (!m_values.empty() && m_values.front().feature != value.feature)
            if (Status added = endFeature(); !added)
                return added;
        if (value.knownAt <= m_now)
            m_values.push_back(value);
        return {};
    }

    Status endFeature()
    {
        const std::vector<FeatureValue> values = std::exchange(m_values, {});
        const auto found =
            values.empty() ? m_catalogue.end() : m_catalogue.find(values.front().feature);
        if (found == m_catalogue.end())
            return {};
        auto basis = schema::AvailabilityBasis::Measured;
        for (const FeatureValue &value : values)
            basis = schema::weaker(basis, value.basis);
        std::vector<stats::Vintage> vintages;
        for (const FeatureValue &value : withZeros(found->second, values, m_buckets, m_now))
            vintages.push_back(
                {microseconds(value.bucketAt), microseconds(value.knownAt), value.value});
        m_hash.add(std::string_view(found->second.key));
        m_hash.add(std::span<const stats::Vintage>(vintages));
        if (Status added = m_builder.add(found->second.key, vintages); !added)
            return added;
        m_bases.push_back(basis);
        m_features.push_back(std::move(found->second));
        m_catalogue.erase(found);
        return {};
    }

    DiscoveryInput finish(std::vector<schema::Instrument> targets) &&
    {
        const auto isSynthetic = [](const auto &each) { return each.synthetic; };
        const bool synthetic = std::ranges::any_of(m_features, isSynthetic) ||
                               std::ranges::any_of(targets, isSynthetic);
        auto panel = std::move(m_builder).finish();
        for (std::size_t target = 0; target < panel.targetCount(); ++target) {
            m_hash.add(std::string_view(panel.targetName(target)));
            m_hash.add(panel.prices(target));
        }
        return {std::move(m_features), std::move(m_bases), std::move(targets),
                std::move(panel),      m_hash.text(),      synthetic};
    }

private:
    const features::Buckets &m_buckets;
    Instant m_now;
    discovery::PanelBuilder m_builder;
    std::unordered_map<schema::FeatureId, schema::Feature> m_catalogue;
    std::vector<FeatureValue> m_values; ///< of the feature that is being read
    std::vector<schema::Feature> m_features;
    std::vector<schema::AvailabilityBasis> m_bases;
    InputHash m_hash;
};

Result<std::shared_ptr<discovery::ColumnSpace>> spaceFor(std::size_t values,
                                                         const PanelPlace &place)
{
    if (std::cmp_less_equal(values, place.valuesInMemoryMax))
        return std::make_shared<discovery::ColumnsInMemory>();
    return ColumnFile::make(place.folder).transform([](std::shared_ptr<ColumnFile> file) {
        return std::shared_ptr<discovery::ColumnSpace>(std::move(file));
    });
}

} // namespace

Result<DiscoveryInput> loadDiscoveryInput(storage::Connection &connection, Instant now,
                                          const PanelPlace &place, const std::stop_token &stop)
{
    auto catalogue = storage::findFeatures(
        connection, {.inDiscoveryOnly = true, .limit = discovery::AsOfPanel::kFeaturesMax});
    if (!catalogue)
        return std::unexpected(catalogue.error());
    auto prices = readPrices(connection, now);
    if (!prices)
        return std::unexpected(prices.error());
    if (prices->targets.empty())
        return nothingToSearch(
            "there are no prices of targets",
            "import daily bars of targets, or put what you have bars of on a watchlist");
    const auto span = spanFor(connection, *prices, now);
    if (!span)
        return std::unexpected(span.error());
    const std::size_t features = catalogue->size();
    const auto space = spaceFor(features * span->decisions.size(), place);
    if (!space)
        return std::unexpected(space.error());
    auto builder = discovery::PanelBuilder::begin(
        daysOf(*span), targetHistories(*prices, span->decisions), features, *space);
    if (!builder)
        return std::unexpected(builder.error());

    PanelLoader loader(std::move(*catalogue), span->buckets, now, std::move(*builder));
    const Status read =
        storage::forEachDiscoveryValue(connection, [&](const FeatureValue &value) -> Status {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "the search was cancelled");
            return loader.take(value);
        }).and_then([&] { return loader.endFeature(); });
    if (!read)
        return std::unexpected(read.error());
    std::vector<schema::Instrument> targets;
    for (PricedTarget &target : prices->targets)
        targets.push_back(std::move(target.instrument));
    DiscoveryInput input = std::move(loader).finish(std::move(targets));
    input.isInFile = dynamic_cast<const ColumnFile *>(space->get()) != nullptr;
    return input;
}

} // namespace chrona::service
