// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discovery_input.h"

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

namespace chrona::service {
namespace {

using schema::FeatureValue;

/// Values by feature, as they are stored.
using ValuesByFeature = std::unordered_map<schema::FeatureId, std::vector<FeatureValue>>;

Result<ValuesByFeature> readValues(storage::Connection &connection, Instant now,
                                   const std::stop_token &stop)
{
    ValuesByFeature values;
    const Status read =
        storage::forEachDiscoveryValue(connection, [&](const FeatureValue &value) -> Status {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "the search was cancelled");
            if (value.knownAt <= now)
                values[value.feature].push_back(value);
            return {};
        });
    if (!read)
        return std::unexpected(read.error());
    return values;
}

struct PricedTarget {
    schema::Instrument instrument;
    std::unordered_map<std::int64_t, double> priceOn; ///< by day since 1970
};

struct Prices {
    std::vector<PricedTarget> targets;
    Date first{}; ///< day of the earliest price
};

Result<Prices> readPrices(storage::Connection &connection, Instant now)
{
    auto instruments = storage::loadInstruments(connection);
    if (!instruments)
        return std::unexpected(instruments.error());
    std::ranges::sort(*instruments, {}, &schema::Instrument::symbol);
    Prices prices;
    for (schema::Instrument &instrument : *instruments) {
        if (!instrument.isTarget)
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

/// The text is what is hashed: lengths and bytes of numbers, in the panel's order.
class InputHash {
public:
    template <class T> void add(std::span<const T> numbers)
    {
        m_parts += toHex(sha256(std::as_bytes(numbers)));
    }
    void add(std::string_view name) { m_parts += toHex(sha256(name)); }
    [[nodiscard]] std::string text() const { return toHex(sha256(m_parts)); }

private:
    std::string m_parts;
};

void addToHash(InputHash &hash, const std::vector<stats::Vintage> &vintages)
{
    std::vector<std::int64_t> times;
    std::vector<double> values;
    for (const stats::Vintage &vintage : vintages) {
        times.push_back(vintage.observedAt);
        times.push_back(vintage.knownAt);
        values.push_back(vintage.value);
    }
    hash.add(std::span<const std::int64_t>(times));
    hash.add(std::span<const double>(values));
}

/// The first day on which something can be said: of the features, and not before the prices.
std::optional<Date> firstDay(const ValuesByFeature &values, const Prices &prices)
{
    std::optional<Instant> first;
    for (const auto &[feature, list] : values)
        if (!list.empty())
            first = std::min(first.value_or(list.front().bucketAt), list.front().bucketAt);
    if (!first)
        return std::nullopt;
    return std::max(Date(std::chrono::floor<std::chrono::days>(*first)), prices.first);
}

discovery::FeatureHistory historyOf(const schema::Feature &feature,
                                    const std::vector<FeatureValue> &stored,
                                    const features::Buckets &buckets, Instant now)
{
    discovery::FeatureHistory history{feature.key, {}};
    for (const FeatureValue &value : withZeros(feature, stored, buckets, now))
        history.vintages.push_back(
            {microseconds(value.bucketAt), microseconds(value.knownAt), value.value});
    return history;
}

std::unexpected<Error> nothingToSearch(const char *what, const char *remedy)
{
    return fail(ErrorCode::NotFound, what, remedy);
}

/// The days on which something is decided, and the buckets that end with them.
struct DecisionSpan {
    std::vector<features::Decision> decisions;
    features::Buckets buckets;
};

Result<DecisionSpan> spanFor(const ValuesByFeature &values, const Prices &prices, Instant now)
{
    const auto first = firstDay(values, prices);
    const Date end = decidedUntil(now);
    if (!first || *first >= end)
        return nothingToSearch("there are no features yet", "chronactl run features --wait");
    auto decisions = features::decisionsBetween(decisionClock(), *first, end);
    auto buckets = features::Buckets::daily(decisionClock(), *first, end);
    if (!decisions || !buckets)
        return std::unexpected(decisions ? buckets.error() : decisions.error());
    return DecisionSpan{std::move(*decisions), std::move(*buckets)};
}

/// Features with values, in the catalogue's order.
struct FeatureTable {
    std::vector<schema::Feature> features;
    std::vector<schema::AvailabilityBasis> bases;
    std::vector<discovery::FeatureHistory> histories;
};

FeatureTable tableOf(std::vector<schema::Feature> catalogue, const ValuesByFeature &values,
                     const features::Buckets &buckets, Instant now)
{
    FeatureTable table;
    for (schema::Feature &feature : catalogue) {
        const auto found = values.find(feature.id);
        if (found == values.end())
            continue;
        auto basis = schema::AvailabilityBasis::Measured;
        for (const FeatureValue &value : found->second)
            basis = schema::weaker(basis, value.basis);
        table.histories.push_back(historyOf(feature, found->second, buckets, now));
        table.bases.push_back(basis);
        table.features.push_back(std::move(feature));
    }
    return table;
}

std::string hashOfAll(const std::vector<discovery::FeatureHistory> &histories,
                      const std::vector<discovery::TargetHistory> &targets)
{
    InputHash hash;
    for (const discovery::FeatureHistory &history : histories) {
        hash.add(std::string_view(history.name));
        addToHash(hash, history.vintages);
    }
    for (const discovery::TargetHistory &target : targets) {
        hash.add(std::string_view(target.name));
        hash.add(std::span<const double>(target.prices));
    }
    return hash.text();
}

} // namespace

Result<DiscoveryInput> loadDiscoveryInput(storage::Connection &connection, Instant now,
                                          const std::stop_token &stop)
{
    auto catalogue = storage::findFeatures(
        connection, {.inDiscoveryOnly = true, .limit = discovery::AsOfPanel::kFeaturesMax});
    const auto values = catalogue ? readValues(connection, now, stop)
                                  : Result<ValuesByFeature>(std::unexpected(catalogue.error()));
    if (!values)
        return std::unexpected(values.error());
    auto prices = readPrices(connection, now);
    if (!prices)
        return std::unexpected(prices.error());
    if (prices->targets.empty())
        return nothingToSearch("there are no prices of targets", "import daily bars of targets");
    const auto span = spanFor(*values, *prices, now);
    if (!span)
        return std::unexpected(span.error());

    FeatureTable table = tableOf(std::move(*catalogue), *values, span->buckets, now);
    auto histories = targetHistories(*prices, span->decisions);
    std::string hash = hashOfAll(table.histories, histories);
    bool synthetic = std::ranges::any_of(table.features, &schema::Feature::synthetic);
    std::vector<schema::Instrument> targets;
    for (PricedTarget &target : prices->targets) {
        synthetic = synthetic || target.instrument.synthetic;
        targets.push_back(std::move(target.instrument));
    }
    std::vector<discovery::DecisionDay> days;
    for (const features::Decision &decision : span->decisions)
        days.push_back({decision.date, decision.at});
    auto panel = discovery::AsOfPanel::build(std::move(days), std::move(table.histories),
                                             std::move(histories));
    if (!panel)
        return std::unexpected(panel.error());
    return DiscoveryInput{std::move(table.features), std::move(table.bases), std::move(targets),
                          std::move(*panel),         std::move(hash),        synthetic};
}

} // namespace chrona::service
