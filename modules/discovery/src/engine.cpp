// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/engine.h"

#include "check.h"
#include "columns.h"
#include "episodes.h"
#include "evidence.h"
#include "first_look.h"
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
#include <cmath>
#include <format>
#include <tuple>

namespace chrona::discovery {

namespace {

/// An effect on what all targets share is many findings at once. One that is false would be many
/// false ones, so it must pass at a fifth of the level, in a family of its own: one test a feature.
constexpr double kSharedLevelPart = 0.2;
/// More candidates than these, best first, add nothing to the question whether the best is luck.
constexpr std::size_t kOverfitCandidatesMax = 2'000;
/// Candidates whose second look is kept together: some tenths of a second of work.
constexpr std::size_t kCandidatesInAPart = 256;
constexpr double kWholeSupportMin = 1.0; ///< t of the whole return that must back another view

class Run {
public:
    Run(const AsOfPanel &panel, const Parameters &parameters, Executor &executor,
        std::stop_token stop, const Progress &progress, Checkpoint *checkpoint)
        : m_panel(panel), m_parameters(parameters), m_executor(executor), m_stop(std::move(stop)),
          m_progress(progress),
          m_checkpoint(checkpoint), m_windows{parameters.horizons, parameters.lagMax},
          m_basis(panel.days()), m_columns(panel, m_basis, parameters.targets),
          m_mayShare(panel.featureCount())
    {
        for (std::size_t i = 0; i < panel.featureCount(); ++i)
            if (panel.featureName(i) == parameters.rateFeature)
                m_regimes = regimesOf(panel, panel.known(i));
        if (m_regimes.secondHalf.empty())
            m_regimes = regimesOf(panel, {});
    }

    Result<Report> go()
    {
        m_first = lookAtAll({m_panel, m_parameters, m_basis, m_columns, m_windows, m_executor,
                             m_stop, m_progress, m_checkpoint});
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

    /// Which features move what all targets share.
    void judgeShared()
    {
        if (!m_columns.hasViews())
            return;
        const auto promising = stats::benjaminiHochberg(m_first.sharedP);
        for (std::size_t feature = 0; feature < m_first.sharedP.size(); ++feature) {
            if (!(promising[feature] <= m_parameters.shortListQ))
                continue;
            const auto x = preparedFeature(m_panel.known(feature), m_basis);
            m_first.sharedP[feature] =
                testPair(x, {m_columns.series()[m_columns.sharedSeries()].scores, {}, {}, 1},
                         m_windows, SecondLook::Yes, m_parameters.serialLags)
                    .p;
        }
        const auto q = stats::benjaminiHochberg(m_first.sharedP);
        for (std::size_t feature = 0; feature < q.size(); ++feature)
            m_mayShare[feature] = q[feature] <= kSharedLevelPart * m_parameters.q ? 1 : 0;
    }

    void shortList()
    {
        judgeShared();
        const auto q = stats::benjaminiHochberg(m_first.pairP);
        for (std::size_t feature = 0; feature < m_panel.featureCount(); ++feature)
            for (std::size_t column = 0; column < m_columns.count(); ++column)
                if (q[pair(feature, column)] <= m_parameters.shortListQ)
                    m_candidates.push_back({feature, column, q[pair(feature, column)]});
        const std::size_t step =
            m_checkpoint != nullptr ? kCandidatesInAPart : std::max<std::size_t>(1, all().size());
        for (std::size_t first = 0; first < m_candidates.size() && !m_stop.stop_requested();
             first += step)
            lookAgain(first, all().subspan(first, std::min(step, m_candidates.size() - first)));
    }

    void lookAgain(std::size_t number, std::span<Candidate> candidates)
    {
        const std::string part = std::format("second look {}", number);
        if (m_checkpoint != nullptr)
            if (const auto kept = m_checkpoint->load(part); kept && takeUp(*kept, candidates))
                return;
        forEachFeature(candidates, [this](std::span<const double> x, Candidate &candidate) {
            const auto views = viewsOf(candidate.feature, candidate.column);
            candidate.looked =
                testPair(x, views, m_windows, SecondLook::Yes, m_parameters.serialLags);
            const auto &best = candidate.looked.best;
            candidate.trial =
                trialOf(terms(x, scoresOf(views, candidate.looked.view), best.horizon, best.lag));
        });
        if (m_checkpoint == nullptr || m_stop.stop_requested())
            return;
        std::vector<double> numbers;
        for (const Candidate &candidate : candidates)
            addNumbers(candidate.looked, candidate.trial, numbers);
        m_checkpoint->keep(part, numbers);
    }

    /// false: that is not what was kept of these.
    static bool takeUp(std::span<const double> numbers, std::span<Candidate> candidates)
    {
        if (numbers.size() != candidates.size() * kNumbersOfAPair)
            return false;
        for (Candidate &candidate : candidates) {
            fromNumbers(numbers.first(kNumbersOfAPair), candidate.looked, candidate.trial);
            numbers = numbers.subspan(kNumbersOfAPair);
        }
        return true;
    }

    [[nodiscard]] std::span<Candidate> all() { return m_candidates; }

    /// Calls a function for each candidate with its prepared feature; those of one feature
    /// together.
    template <class Work> void forEachFeature(std::span<Candidate> candidates, const Work &work)
    {
        std::vector<std::size_t> firsts;
        for (std::size_t i = 0; i < candidates.size(); ++i)
            if (i == 0 || candidates[i].feature != candidates[i - 1].feature)
                firsts.push_back(i);
        m_executor.forEach(
            firsts.size(),
            [&](std::size_t group) {
                const std::size_t feature = candidates[firsts[group]].feature;
                const auto x = preparedFeature(m_panel.known(feature), m_basis);
                for (std::size_t i = firsts[group];
                     i < candidates.size() && candidates[i].feature == feature; ++i)
                    work(x, candidates[i]);
            },
            m_stop);
    }

    void accept()
    {
        auto p = m_first.pairP;
        for (const auto &candidate : m_candidates)
            p[pair(candidate.feature, candidate.column)] = candidate.looked.p;
        const auto q = stats::benjaminiHochberg(p);
        const auto qYekutieli = stats::benjaminiYekutieli(p);
        m_report.parameters = m_parameters;
        m_report.engineVersion = kEngineVersion;
        m_report.kernel = chooseKernel().name;
        m_report.nullShare = stats::storey(p).nullShare;
        for (const double value : p)
            m_report.pairsTested += std::isnan(value) ? 0 : 1;
        m_report.testsRun =
            m_report.pairsTested * m_windows.count() * (m_columns.hasViews() ? 2 : 1);
        keepLedger();
        for (const auto &refusal : m_first.refused)
            if (refusal)
                m_report.refusals.push_back(*refusal);
        m_report.overfit = overfitOfShortList();
        forEachFeature(all(), [&](std::span<const double> x, Candidate &candidate) {
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
        for (const double squares : m_first.squaredT)
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

    /// How far a feature leads the very next days. What is made of the days after its date does so
    /// by that date, whatever window the signal has and whichever way round it is.
    [[nodiscard]] double atOnce(std::span<const double> feature, const PairData &data) const
    {
        const std::size_t horizon = std::ranges::min(m_parameters.horizons);
        return std::abs(
            effectOver({feature, data.scores, data.volatility}, horizon, 0, 0, feature.size() - 1));
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
        signal.lookAhead = std::max(signal.sign * (effectOf(seen, scores) - signal.effect),
                                    atOnce(seen, data) - atOnce(x, data));
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
    Checkpoint *m_checkpoint; ///< nullptr: nothing is kept
    Windows m_windows;
    CalendarBasis m_basis;
    TargetColumns m_columns;
    Regimes m_regimes;
    FirstLook m_first;
    std::vector<char> m_mayShare; ///< by feature: passed against what all share; not vector<bool>,
                                  ///< threads read it
    std::vector<Candidate> m_candidates;
    Report m_report;
};

} // namespace

Result<Report> discover(const AsOfPanel &panel, const Parameters &parameters, Executor &executor,
                        std::stop_token stop, const Progress &progress, Checkpoint *checkpoint)
{
    if (auto checked = checkSearch(panel, parameters); !checked)
        return std::unexpected(checked.error());
    return Run(panel, parameters, executor, std::move(stop), progress, checkpoint).go();
}

} // namespace chrona::discovery
