// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/engine.h"

#include "check.h"
#include "columns.h"
#include "episodes.h"
#include "evidence.h"
#include "missing.h"
#include "novelty.h"
#include "overfit.h"
#include "pair_test.h"
#include "preparation.h"
#include "second_opinion.h"
#include "sweep.h"

#include "chrona/stats/forward_returns.h"
#include "chrona/stats/multiple_testing.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <tuple>

namespace chrona::discovery {

namespace {

/// An effect on what all targets share is many findings at once. One that is false would be many
/// false ones, so it must pass at a fifth of the level, in a family of its own: one test a feature.
constexpr double kSharedLevelPart = 0.2;
/// More candidates than these, best first, add nothing to the question whether the best is luck.
constexpr std::size_t kOverfitCandidatesMax = 2'000;
constexpr double kWholeSupportMin = 1.0; ///< t of the whole return that must back another view

class Run {
public:
    Run(const AsOfPanel &panel, const Parameters &parameters, Executor &executor,
        std::stop_token stop, const Progress &progress)
        : m_panel(panel), m_parameters(parameters), m_executor(executor), m_stop(std::move(stop)),
          m_progress(progress), m_windows{parameters.horizons, parameters.lagMax},
          m_basis(panel.days()), m_columns(panel, m_basis, parameters.targets),
          m_pairP(panel.featureCount() * m_columns.count(), kMissing),
          m_sharedP(panel.featureCount(), kMissing), m_mayShare(panel.featureCount()),
          m_squaredT(panel.featureCount()), m_refused(panel.featureCount())
    {
        for (std::size_t i = 0; i < panel.featureCount(); ++i)
            if (panel.featureName(i) == parameters.rateFeature)
                m_regimes = regimesOf(panel, panel.known(i));
        if (m_regimes.secondHalf.empty())
            m_regimes = regimesOf(panel, {});
    }

    Result<Report> go()
    {
        sweepAll();
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the search was cancelled");
        shortList();
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the search was cancelled");
        accept();
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the search was cancelled");
        if (m_progress)
            m_progress(1);
        return std::move(m_report);
    }

private:
    struct Candidate {
        std::size_t feature, column;
        double qPlain = 1;
        PairResult looked{};
        TrialSums trial{};
        std::optional<Signal> signal{}; ///< one of the two is set in the end
        std::optional<Refusal> refusal{};
    };

    [[nodiscard]] std::size_t pair(std::size_t feature, std::size_t column) const
    {
        return feature * m_columns.count() + column;
    }
    [[nodiscard]] PairViews viewsOf(std::size_t feature, std::size_t column) const
    {
        return m_columns.viewsOf(column,
                                 m_mayShare[feature] != 0 ? SharedView::Open : SharedView::Closed);
    }

    void sweepAll()
    {
        const SweepTargets layout(m_columns.series(), m_windows);
        std::atomic<std::size_t> done = 0;
        const auto source = [this](std::size_t feature) -> std::vector<double> {
            m_refused[feature] = minimumRules(m_panel, feature, m_parameters);
            if (m_refused[feature])
                return {};
            auto series = preparedFeature(m_panel.known(feature), m_basis);
            if (std::ranges::all_of(series, [](double value) { return value == 0; })) {
                m_refused[feature] =
                    Refusal{feature, Refusal::kEveryTarget, Measure::Return, Rule::Constant, 0, 0};
                return {};
            }
            return series;
        };
        const auto sink = [&](std::size_t feature, std::span<const float> t) {
            scorePairs(feature, t);
            if (m_progress)
                m_progress(0.7 * static_cast<double>(++done) /
                           static_cast<double>(m_panel.featureCount()));
        };
        sweep(layout, m_panel.featureCount(), source, sink, m_executor, m_stop);
    }

    void scorePairs(std::size_t feature, std::span<const float> t)
    {
        const std::size_t windows = m_windows.count();
        std::vector<float> all;
        std::vector<double> work;
        for (std::size_t column = 0; column < m_columns.count(); ++column) {
            all.clear();
            for (const std::size_t series : m_columns.seriesOf(column)) {
                const auto part = t.subspan(series * windows, windows);
                all.insert(all.end(), part.begin(), part.end());
            }
            for (const float value : all)
                m_squaredT[feature] += static_cast<double>(value) * static_cast<double>(value);
            m_pairP[pair(feature, column)] = simesFromT<float>(all, work);
        }
        if (m_columns.hasViews())
            m_sharedP[feature] =
                simesFromT<float>(t.subspan(m_columns.sharedSeries() * windows, windows), work);
    }

    /// Which features move what all targets share.
    void judgeShared()
    {
        if (!m_columns.hasViews())
            return;
        const auto promising = stats::benjaminiHochberg(m_sharedP);
        for (std::size_t feature = 0; feature < m_sharedP.size(); ++feature) {
            if (!(promising[feature] <= m_parameters.shortListQ))
                continue;
            const auto x = preparedFeature(m_panel.known(feature), m_basis);
            m_sharedP[feature] =
                testPair(x, {m_columns.series()[m_columns.sharedSeries()].scores, {}, {}, 1},
                         m_windows, SecondLook::Yes, m_parameters.serialLags)
                    .p;
        }
        const auto q = stats::benjaminiHochberg(m_sharedP);
        for (std::size_t feature = 0; feature < q.size(); ++feature)
            m_mayShare[feature] = q[feature] <= kSharedLevelPart * m_parameters.q ? 1 : 0;
    }

    void shortList()
    {
        judgeShared();
        const auto q = stats::benjaminiHochberg(m_pairP);
        for (std::size_t feature = 0; feature < m_panel.featureCount(); ++feature)
            for (std::size_t column = 0; column < m_columns.count(); ++column)
                if (q[pair(feature, column)] <= m_parameters.shortListQ)
                    m_candidates.push_back({feature, column, q[pair(feature, column)]});
        forEachFeature([this](std::span<const double> x, Candidate &candidate) {
            const auto views = viewsOf(candidate.feature, candidate.column);
            candidate.looked =
                testPair(x, views, m_windows, SecondLook::Yes, m_parameters.serialLags);
            const auto &best = candidate.looked.best;
            candidate.trial =
                trialOf(terms(x, scoresOf(views, candidate.looked.view), best.horizon, best.lag));
        });
    }

    /// Calls a function for each candidate with its prepared feature; those of one feature
    /// together.
    template <class Work> void forEachFeature(const Work &work)
    {
        std::vector<std::size_t> firsts;
        for (std::size_t i = 0; i < m_candidates.size(); ++i)
            if (i == 0 || m_candidates[i].feature != m_candidates[i - 1].feature)
                firsts.push_back(i);
        m_executor.forEach(
            firsts.size(),
            [&](std::size_t group) {
                const std::size_t feature = m_candidates[firsts[group]].feature;
                const auto x = preparedFeature(m_panel.known(feature), m_basis);
                for (std::size_t i = firsts[group];
                     i < m_candidates.size() && m_candidates[i].feature == feature; ++i)
                    work(x, m_candidates[i]);
            },
            m_stop);
    }

    void accept()
    {
        auto p = m_pairP;
        for (const auto &candidate : m_candidates)
            p[pair(candidate.feature, candidate.column)] = candidate.looked.p;
        const auto q = stats::benjaminiHochberg(p);
        const auto qYekutieli = stats::benjaminiYekutieli(p);
        m_report.parameters = m_parameters;
        m_report.engineVersion = "3";
        m_report.kernel = chooseKernel().name;
        m_report.nullShare = stats::storey(p).nullShare;
        for (const double value : p)
            m_report.pairsTested += std::isnan(value) ? 0 : 1;
        m_report.testsRun =
            m_report.pairsTested * m_windows.count() * (m_columns.hasViews() ? 2 : 1);
        keepLedger();
        for (const auto &refusal : m_refused)
            if (refusal)
                m_report.refusals.push_back(*refusal);
        m_report.overfit = overfitOfShortList();
        forEachFeature([&](std::span<const double> x, Candidate &candidate) {
            const std::size_t at = pair(candidate.feature, candidate.column);
            judge(x, candidate, p[at], q[at], qYekutieli[at]);
        });
        for (auto &candidate : m_candidates) {
            if (candidate.signal)
                m_report.signals.push_back(std::move(*candidate.signal));
            else if (candidate.refusal)
                m_report.refusals.push_back(*candidate.refusal);
        }
        std::ranges::sort(m_report.signals, [](const Signal &a, const Signal &b) {
            return a.q != b.q ? a.q < b.q
                              : std::tuple(a.feature, a.target, a.measure) <
                                    std::tuple(b.feature, b.target, b.measure);
        });
        std::ranges::stable_sort(m_report.refusals, {}, [](const Refusal &item) {
            return std::tuple(item.feature, item.target + 1, item.measure);
        });
    }

    /// Adds up in the order of features, so that threads do not decide the last digit.
    void keepLedger()
    {
        m_report.ledger = m_parameters.earlier;
        ++m_report.ledger.runs;
        m_report.ledger.pairs += m_report.pairsTested;
        m_report.ledger.tests += m_report.testsRun;
        for (const double squares : m_squaredT)
            m_report.ledger.squaredT += squares;
    }

    /// Whether the best of the short list is luck: each candidate with its best window.
    [[nodiscard]] double overfitOfShortList()
    {
        std::vector<const Candidate *> best;
        for (const auto &candidate : m_candidates)
            best.push_back(&candidate);
        std::ranges::stable_sort(best, {}, [](const Candidate *item) { return item->looked.p; });
        best.resize(std::min(best.size(), kOverfitCandidatesMax));
        std::vector<TrialSums> trials;
        for (const auto *candidate : best)
            trials.push_back(candidate->trial);
        return overfitShare(trials);
    }

    void refuse(Candidate &candidate, Rule rule, double value, double limit) const
    {
        candidate.refusal = Refusal{candidate.feature,
                                    m_columns.targetOf(candidate.column),
                                    m_columns.measureOf(candidate.column),
                                    rule,
                                    value,
                                    limit};
    }

    void judge(std::span<const double> x, Candidate &candidate, double p, double q,
               double qYekutieli) const
    {
        if (q > m_parameters.q)
            return refuse(candidate,
                          candidate.qPlain <= m_parameters.q ? Rule::SecondLook
                                                             : Rule::NotSignificant,
                          q, m_parameters.q);
        const auto &test = candidate.looked;
        const double support = test.wholeT * (test.best.t > 0 ? 1 : -1);
        if (test.view != View::Whole && support < kWholeSupportMin)
            return refuse(candidate, Rule::Disagreement, support, kWholeSupportMin);
        Signal signal;
        signal.feature = candidate.feature;
        signal.target = m_columns.targetOf(candidate.column);
        signal.measure = m_columns.measureOf(candidate.column);
        signal.horizon = test.best.horizon;
        signal.lag = test.best.lag;
        signal.view = test.view;
        signal.sign = test.best.t > 0 ? 1 : -1;
        signal.t = test.best.t;
        signal.inflation = test.inflation;
        signal.p = p;
        signal.q = q;
        signal.qYekutieli = qYekutieli;
        addEvidence(x, candidate.column, signal);
        candidate.refusal = sampleRules(signal, m_parameters);
        if (!candidate.refusal)
            candidate.signal = std::move(signal);
    }

    void addEvidence(std::span<const double> x, std::size_t column, Signal &signal) const
    {
        const auto views = viewsOf(signal.feature, column);
        const auto scores = scoresOf(views, signal.view);
        const auto volatility = m_columns.volatility(column);
        const PairData data{x, scores, volatility};
        gatherEvidence(data, m_regimes, m_parameters, signal);
        const auto returns = stats::dailyLogReturns(m_panel.prices(signal.target));
        addEpisodes(data, {m_panel.known(signal.feature), returns}, signal);
        addSecondOpinion(data, m_parameters, m_report.ledger, 1 + pair(signal.feature, column),
                         signal);
        signal.novelty = noveltyOf(m_panel.known(signal.feature));
        const std::size_t rows = x.size() - signal.lag - 1;
        const auto effectOf = [&](std::span<const double> feature, std::span<const double> target) {
            return effectOver({feature, target, volatility}, signal.horizon, signal.lag, 0, rows);
        };
        const auto seen = preparedFeature(m_panel.byObservation(signal.feature), m_basis);
        const auto first = preparedFeature(m_panel.firstPrints(signal.feature), m_basis);
        signal.lookAhead = signal.sign * (effectOf(seen, scores) - signal.effect);
        signal.revision = signal.sign * (effectOf(first, scores) - signal.effect);
        OtherEffects others{kMissing, kMissing};
        if (signal.measure == Measure::Return)
            others = {effectOf(bareSeries(m_panel.known(signal.feature)), bareSeries(returns)),
                      views.own.empty() ? kMissing : effectOf(x, views.own)};
        addFailures(others, signal);
    }

    const AsOfPanel &m_panel;
    const Parameters &m_parameters;
    Executor &m_executor;
    std::stop_token m_stop;
    const Progress &m_progress;
    Windows m_windows;
    CalendarBasis m_basis;
    TargetColumns m_columns;
    Regimes m_regimes;
    std::vector<double> m_pairP;
    std::vector<double> m_sharedP;  ///< by feature: against what all targets share
    std::vector<char> m_mayShare;   ///< by feature: passed there; not vector<bool>, threads read it
    std::vector<double> m_squaredT; ///< by feature: sum over its tests
    std::vector<std::optional<Refusal>> m_refused;
    std::vector<Candidate> m_candidates;
    Report m_report;
};

} // namespace

Result<Report> discover(const AsOfPanel &panel, const Parameters &parameters, Executor &executor,
                        std::stop_token stop, const Progress &progress)
{
    if (auto checked = checkSearch(panel, parameters); !checked)
        return std::unexpected(checked.error());
    return Run(panel, parameters, executor, std::move(stop), progress).go();
}

} // namespace chrona::discovery
