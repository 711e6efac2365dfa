// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stats_cases.h"

#include "stats_case_judge.h"

#include "chrona/base/time.h"
#include "chrona/stats/as_of.h"
#include "chrona/stats/bootstrap.h"
#include "chrona/stats/correlation.h"
#include "chrona/stats/folds.h"
#include "chrona/stats/forward_returns.h"
#include "chrona/stats/multiple_testing.h"
#include "chrona/stats/predictive_regression.h"
#include "chrona/stats/quantiles.h"
#include "chrona/stats/rolling.h"
#include "chrona/stats/seasonal.h"
#include "chrona/stats/sharpe.h"
#include "chrona/stats/stability.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace chrona::cli {

namespace {

using namespace chrona::stats;

void fdrCase(CaseJudge &judge, const CaseValue &item)
{
    const auto p = item["p"].numbers();
    const auto q = benjaminiHochberg(p);
    judge.compare("bh", q);
    judge.compare("by", benjaminiYekutieli(p));
    judge.compare("bonferroni", bonferroni(p));
    judge.compare("holm", holm(p));
    judge.compare("simes", simes(p));
    judge.compare("n_reject_bh_10", static_cast<double>(std::ranges::count_if(
                                        q, [](double v) { return v <= 0.10; })));
    judge.inputs({"p"});
}

void storeyCase(CaseJudge &judge, const CaseValue &item)
{
    const auto adjusted = storey(item["p"].numbers(), item["lam"].number());
    judge.compare("pi0", adjusted.nullShare);
    judge.compare("q", adjusted.q);
    judge.inputs({"p", "lam"});
}

void slopeError(CaseJudge &judge, std::string_view name, const SlopeError &error)
{
    judge.compareMember(name, "maxlags", static_cast<double>(error.lagsMax));
    judge.compareMember(name, "se", error.standardError);
    judge.compareMember(name, "t", error.t);
    judge.compareMember(name, "p_normal", error.pNormal);
    judge.knows(name);
}

void hacCase(CaseJudge &judge, const CaseValue &item)
{
    const auto x = item["x"].numbers();
    const auto r = item["r"].numbers();
    const PredictiveSample sample{x, r, item["h"].count()};
    const auto fit = ordinaryFit(sample);
    judge.compare("n", static_cast<double>(fit.rows));
    judge.compare("slope", fit.slope);
    judge.compare("ols_t", fit.t);
    slopeError(judge, "nw_h_minus_1",
               neweyWest(sample, std::max<std::size_t>(sample.horizon - 1, 1)));
    slopeError(judge, "nw_2h", neweyWest(sample, 2 * sample.horizon));
    slopeError(judge, "nw_auto", neweyWest(sample, automaticLags(fit.rows)));
    slopeError(judge, "hansen_hodrick", hansenHodrick(sample));
    judge.compare("reverse_t", reverseT(sample));
    judge.inputs({"x", "r", "h"});
}

void correlationCase(CaseJudge &judge, const CaseValue &item)
{
    auto x = item["x"].numbers();
    const auto y = item["y"].numbers();
    if (item.find("lags") != nullptr) {
        std::vector<double> linear;
        std::vector<double> ranked;
        for (const double lag : item["lags"].numbers()) {
            linear.push_back(laggedPearson(x, y, static_cast<std::size_t>(lag)).value);
            ranked.push_back(laggedSpearman(x, y, static_cast<std::size_t>(lag)).value);
        }
        judge.compare("pearson_by_lag", linear);
        judge.compare("spearman_by_lag", ranked);
        judge.inputs({"x", "y", "lags"});
        return;
    }
    const auto linear = pearson(x, y);
    const auto ranked = spearman(x, y);
    judge.compare("n", static_cast<double>(linear.pairs));
    judge.compare("pearson", linear.value);
    judge.compare("pearson_p", linear.pValue);
    judge.compare("spearman", ranked.value);
    judge.compare("spearman_p", ranked.pValue);
    judge.compare("kendall_b", kendall(x, y).value);
    std::vector<double> kept;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        if (!std::isnan(x[i]) && !std::isnan(y[i]))
            kept.push_back(x[i]);
    judge.compare("rank_x", averageRanks(kept));
    judge.inputs({"x", "y"});
}

EwmaRule ewmaRuleOf(const CaseValue &item)
{
    EwmaRule rule;
    if (item.find("span") != nullptr)
        rule.alpha = alphaFromSpan(item["span"].number());
    else if (item.find("halflife") != nullptr)
        rule.alpha = alphaFromHalfLife(item["halflife"].number());
    else
        rule.alpha = item["alpha"].number();
    rule.start = item["adjust"].isTrue() ? EwmaStart::Adjusted : EwmaStart::Recursive;
    rule.gaps = item["ignore_na"].isTrue() ? EwmaGaps::IgnoreGaps : EwmaGaps::DecayInGaps;
    return rule;
}

void rollingCase(CaseJudge &judge, const CaseValue &item)
{
    const auto x = item["x"].numbers();
    judge.inputs(
        {"x", "window", "min_periods", "span", "halflife", "alpha", "adjust", "ignore_na"});
    const Window window{item["window"].count(), item["min_periods"].count()};
    if (item.find("adjust") != nullptr) {
        judge.compare("mean", ewma(x, ewmaRuleOf(item)));
    } else if (item.find("window") == nullptr) {
        judge.compare("z", expandingZPastOnly(x, window.valuesMin));
    } else if (item.find("mad") != nullptr) {
        const auto robust = rollingRobust(x, window);
        judge.compare("median", robust.median);
        judge.compare("mad", robust.deviation);
        judge.compare("z", robust.z);
    } else {
        const auto moments = rollingMoments(x, window);
        judge.compare("mean", moments.mean);
        judge.compare("sd", moments.deviation);
        judge.compare("z", rollingZ(x, window));
        judge.compare("z_past_only", rollingZPastOnly(x, window));
    }
}

void forwardReturnsCase(CaseJudge &judge, const CaseValue &item)
{
    const auto prices = item["price"].numbers();
    const auto eachHorizon = [&](std::string_view name, auto compute) {
        for (const auto &[horizon, expected] : item[name].members()) {
            std::size_t days = 0;
            const auto [end, error] =
                std::from_chars(horizon.data(), horizon.data() + horizon.size(), days);
            judge.require(name, error == std::errc() && *end == '\0');
            judge.compareMember(name, horizon, compute(prices, days));
        }
        judge.knows(name);
    };
    eachHorizon("simple", forwardSimpleReturns);
    eachHorizon("log", forwardLogReturns);
    eachHorizon("forward_vol", forwardVolatility);
    judge.inputs({"dates", "holidays", "price", "horizons"});
}

void weightedMedianCase(CaseJudge &judge, const CaseValue &item)
{
    const auto values = item["value"].numbers();
    const auto weights = item["weight"].numbers();
    judge.compare("lower", weightedMedian(values, weights, MedianRule::Lower));
    judge.compare("midpoint", weightedMedian(values, weights, MedianRule::Midpoint));
    judge.inputs({"value", "weight"});
}

void seasonalCase(CaseJudge &judge, const CaseValue &item)
{
    const auto x = item["x"].numbers();
    judge.inputs({"dates", "x", "key"});
    std::vector<int> keys;
    for (const double key : item["key"].numbers())
        keys.push_back(static_cast<int>(key));
    if (item.find("key") != nullptr) {
        judge.compare("full_sample", demeanByKey(x, keys));
        judge.compare("past_only_min4", demeanByKeyPastOnly(x, keys, 4));
        return;
    }
    std::vector<int> daysOfYear;
    for (const auto &text : item["dates"].list()) {
        const auto date = parseDate(text.text());
        const Date day = date ? *date : Date{};
        const auto year = std::chrono::year_month_day(day).year();
        daysOfYear.push_back(static_cast<int>((day - std::chrono::sys_days(year / 1 / 1)).count()) +
                             1);
    }
    judge.compare("residual", trendAndSeasonResidual(x, daysOfYear));
}

void bootstrapCase(CaseJudge &judge, const CaseValue &item)
{
    const auto y = item["y"].numbers();
    const CaseValue &bounds = item["tolerance"];
    BootstrapPlan plan;
    plan.meanBlock = item["mean_block"].number();
    plan.draws = std::max<std::size_t>(bounds["reps_at_least"].count(), 5'000);
    const auto drawn = bootstrapMean(y, plan);
    const double exact = item["exact_se_of_mean"].number();
    judge.within("mean", drawn.mean, item["mean"].number(), 1e-9);
    judge.within("exact_se_of_mean", exactBootstrapError(y, plan.meanBlock), exact, 1e-9 * exact);
    judge.within("mc_se", drawn.standardError, exact, bounds["se_rel"].number() * exact);
    judge.within("mean of the draws", drawn.resampledMean, item["mean"].number(),
                 bounds["mean_abs"].number());
    judge.within("p_two_sided_mean_zero", drawn.pTwoSided, item["p_two_sided_mean_zero"].number(),
                 bounds["p_abs"].number());
    // Blocks are cut at the end of each draw, so their mean length is that of geometric ones cut
    // so.
    const double n = static_cast<double>(y.size());
    const double expected = n / (1 + (n - 1) / plan.meanBlock);
    judge.within("mean block", drawn.meanBlockDrawn, expected,
                 bounds["mean_block_rel"].number() * expected);
    judge.inputs({"y", "mean_block", "reps_reference", "tolerance"});
}

std::vector<double> asNumbers(const Range &range)
{
    return {static_cast<double>(range.begin), static_cast<double>(range.end)};
}

void foldsCase(CaseJudge &judge, const CaseValue &item)
{
    const FoldPlan plan{item["T"].count(), item["blocks"].count(), item["horizon"].count(),
                        item["embargo"].count()};
    const auto edges = blockEdges(plan.days, plan.blocks);
    judge.compare("edges", std::vector<double>(edges.begin(), edges.end()));
    const auto &forward = item["walk_forward"].list();
    const auto folds = walkForward(plan, item["first_test_block"].count());
    judge.require("walk_forward", folds.size() == forward.size());
    for (std::size_t i = 0; i < std::min(folds.size(), forward.size()); ++i) {
        judge.same("walk_forward train", asNumbers(folds[i].train), forward[i]["train"].numbers());
        judge.same("walk_forward test", asNumbers(folds[i].test), forward[i]["test"].numbers());
    }
    const auto &purged = item["purged_kfold"].list();
    const auto kfold = purgedKFold(plan);
    judge.require("purged_kfold", kfold.size() == purged.size());
    for (std::size_t i = 0; i < std::min(kfold.size(), purged.size()); ++i) {
        judge.same("purged_kfold test", asNumbers(kfold[i].test), purged[i]["test"].numbers());
        const auto &train = purged[i]["train"].list();
        judge.require("purged_kfold train", train.size() == kfold[i].train.size());
        for (std::size_t part = 0; part < std::min(train.size(), kfold[i].train.size()); ++part)
            judge.same("purged_kfold train", asNumbers(kfold[i].train[part]),
                       train[part].numbers());
    }
    judge.inputs(
        {"T", "blocks", "first_test_block", "horizon", "embargo", "walk_forward", "purged_kfold"});
}

std::int64_t microseconds(const CaseValue &time)
{
    const auto parsed = parseInstant(time.text());
    return parsed ? parsed->time_since_epoch().count() : 0;
}

void asOfCase(CaseJudge &judge, const CaseValue &item)
{
    std::vector<Vintage> vintages;
    for (const auto &row : item["rows"].list())
        if (const auto &cells = row.list(); cells.size() == 3)
            vintages.push_back({microseconds(cells[0]), microseconds(cells[1]), cells[2].number()});
    std::vector<std::int64_t> decisions;
    for (const auto &time : item["decision_at"].list())
        decisions.push_back(microseconds(time));
    std::vector<double> latest;
    std::vector<double> first;
    for (const auto &known : asOf(vintages, decisions)) {
        latest.push_back(known.latest);
        first.push_back(known.firstPrint);
    }
    judge.compare("value", latest);
    judge.compare("first_print", first);
    judge.inputs({"rows", "decision_at"});
}

void deflatedSharpeCase(CaseJudge &judge, const CaseValue &item)
{
    const SharpeSample sample{item["sharpe"].number(), item["n"].number(), item["skew"].number(),
                              item["kurtosis"].number()};
    const double trials = item["trials"].number();
    const double variance = item["var_of_trial_sharpes"].number();
    judge.compare("psr_vs_zero", probabilisticSharpe(sample, 0));
    judge.compare("expected_max_sharpe", expectedMaximumSharpe(trials, variance));
    judge.compare("dsr", deflatedSharpe(sample, trials, variance));
    judge.inputs({"sharpe", "n", "skew", "kurtosis", "trials", "var_of_trial_sharpes"});
}

void stabilityCase(CaseJudge &judge, const CaseValue &item)
{
    const auto blocks = item["block_effects"].numbers();
    const auto regimes = item["regime_effects"].numbers();
    const auto result =
        stability({blocks, item["block_se"].number(), regimes, item["oos_effect"].number()});
    judge.compare("median", result.median);
    judge.compare("q25", result.q25);
    judge.compare("q75", result.q75);
    judge.compare("iqr", result.spread);
    judge.compare("sign", result.sign);
    judge.compare("sign_share", result.signShare);
    judge.compare("C", result.consistency);
    judge.compare("D", result.dispersion);
    judge.compare("G", result.regimes);
    judge.compare("O", result.outOfSample);
    judge.compare("stability", result.score);
    judge.inputs({"block_effects", "block_se", "regime_effects", "oos_effect"});
}

struct Topic {
    std::string_view fileName;
    void (*run)(CaseJudge &judge, const CaseValue &item);
};
constexpr std::array kTopics{
    Topic{"asof.json", asOfCase},
    Topic{"correlation.json", correlationCase},
    Topic{"deflated_sharpe.json", deflatedSharpeCase},
    Topic{"fdr.json", fdrCase},
    Topic{"folds.json", foldsCase},
    Topic{"forward_returns.json", forwardReturnsCase},
    Topic{"hac.json", hacCase},
    Topic{"rolling.json", rollingCase},
    Topic{"seasonal.json", seasonalCase},
    Topic{"stability.json", stabilityCase},
    Topic{"stationary_bootstrap.json", bootstrapCase},
    Topic{"storey.json", storeyCase},
    Topic{"weighted_median.json", weightedMedianCase},
};

} // namespace

bool isStatsCaseFile(std::string_view fileName)
{
    return std::ranges::contains(kTopics, fileName, &Topic::fileName);
}

std::vector<std::string> runStatsCases(std::string_view fileName, const CaseValue &file)
{
    const auto topic = std::ranges::find(kTopics, fileName, &Topic::fileName);
    if (topic == kTopics.end())
        return {"no such statistics"};
    const auto &cases = file["cases"].list();
    if (cases.empty())
        return {"the file holds no cases"};
    const CaseTolerance tolerance = toleranceOf(file["tolerance"]);
    std::vector<std::string> verdicts;
    for (const auto &item : cases) {
        CaseJudge judge(item, tolerance);
        topic->run(judge, item);
        verdicts.push_back(judge.verdict());
    }
    return verdicts;
}

} // namespace chrona::cli
