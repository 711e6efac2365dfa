// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/engine.h"

#include "evidence.h"
#include "pair_test.h"
#include "preparation.h"
#include "sweep.h"

#include "chrona/stats/multiple_testing.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <format>
#include <limits>

namespace chrona::discovery {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
/// From here on a target carries so much of what all share that an effect on the one is one on the
/// other.
constexpr double kSharedMin = 0.45;
/// An effect on what all targets share is many findings at once. One that is false would be many
/// false ones, so it must pass at a fifth of the level, in a family of its own: one test a feature.
constexpr double kSharedLevelPart = 0.2;
constexpr double kWholeSupportMin = 1.0; ///< t of the whole return that must back another view

Status check(const AsOfPanel &panel, const Parameters &parameters)
{
    const auto refuse = [](std::string what) {
        return fail(ErrorCode::InvalidInput, std::move(what));
    };
    if (parameters.horizons.empty() || parameters.horizons.size() > 50)
        return refuse("between 1 and 50 horizons are searched");
    for (const std::size_t horizon : parameters.horizons)
        if (horizon < 1 || horizon > 250)
            return refuse(std::format("a horizon of {} days is not between 1 and 250", horizon));
    if (parameters.lagMax > 250)
        return refuse(std::format("a lag of {} days is more than 250", parameters.lagMax));
    if (!(parameters.q > 0 && parameters.q < 1) || !(parameters.shortListQ >= parameters.q))
        return refuse("the level q lies between 0 and 1, and the short list's not below it");
    if (parameters.blocks < 2 || parameters.blocks > 100)
        return refuse("between 2 and 100 blocks are used");
    if (panel.targetCount() == 0 || panel.featureCount() == 0)
        return refuse("there is nothing to test: a panel needs a feature and a target");
    if (panel.targetCount() > 10'000)
        return refuse("more than 10000 targets are not tested in one run");
    return {};
}

class Run {
public:
    Run(const AsOfPanel &panel, const Parameters &parameters, Executor &executor,
        std::stop_token stop, const Progress &progress)
        : m_panel(panel), m_parameters(parameters), m_executor(executor), m_stop(std::move(stop)),
          m_progress(progress), m_windows{parameters.horizons, parameters.lagMax},
          m_basis(panel.days()), m_targets(preparedTargets(panel, m_basis)),
          m_pairP(panel.featureCount() * panel.targetCount(), kMissing),
          m_sharedP(panel.featureCount(), kMissing), m_mayShare(panel.featureCount()),
          m_refused(panel.featureCount())
    {
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
        std::size_t feature, target;
        double qPlain = 1;
        PairResult looked{};
        std::optional<Signal> signal{}; ///< one of the two is set in the end
        std::optional<Refusal> refusal{};
    };

    [[nodiscard]] std::size_t pair(std::size_t feature, std::size_t target) const
    {
        return feature * m_panel.targetCount() + target;
    }
    [[nodiscard]] bool carriesShared(std::size_t target) const
    {
        return std::abs(m_targets.sharedPart[target]) >= kSharedMin;
    }

    [[nodiscard]] bool hasViews() const { return m_targets.views.size() > m_panel.targetCount(); }

    [[nodiscard]] PairViews viewsOf(std::size_t feature, std::size_t target) const
    {
        const std::size_t count = m_panel.targetCount();
        PairViews views{m_targets.views[target].scores, {}, {}, 1};
        if (hasViews()) {
            views.own = m_targets.views[count + target].scores;
            if (carriesShared(target) && m_mayShare[feature] != 0) {
                views.shared = m_targets.views.back().scores;
                views.sharedSign = m_targets.sharedPart[target] > 0 ? 1 : -1;
            }
        }
        return views;
    }

    void sweepAll()
    {
        const SweepTargets layout(m_targets.views, m_windows);
        std::atomic<std::size_t> done = 0;
        const auto source = [this](std::size_t feature) -> std::vector<double> {
            m_refused[feature] = minimumRules(m_panel, feature, m_parameters);
            if (m_refused[feature])
                return {};
            auto series = preparedFeature(m_panel.known(feature), m_basis);
            if (std::ranges::all_of(series, [](double value) { return value == 0; })) {
                m_refused[feature] = Refusal{feature, Refusal::kEveryTarget, Rule::Constant, 0, 0};
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
        const std::size_t targets = m_panel.targetCount();
        const std::size_t windows = m_windows.count();
        std::vector<float> all;
        std::vector<double> work;
        for (std::size_t target = 0; target < targets; ++target) {
            const auto take = [&](std::size_t view) {
                const auto part = t.subspan(view * windows, windows);
                all.insert(all.end(), part.begin(), part.end());
            };
            all.clear();
            take(target);
            if (hasViews())
                take(targets + target);
            if (hasViews() && carriesShared(target))
                take(2 * targets);
            m_pairP[pair(feature, target)] = simesFromT<float>(all, work);
        }
        if (hasViews())
            m_sharedP[feature] = simesFromT<float>(t.subspan(2 * targets * windows, windows), work);
    }

    /// Which features move what all targets share.
    void judgeShared()
    {
        if (!hasViews())
            return;
        const auto promising = stats::benjaminiHochberg(m_sharedP);
        for (std::size_t feature = 0; feature < m_sharedP.size(); ++feature) {
            if (!(promising[feature] <= m_parameters.shortListQ))
                continue;
            const auto x = preparedFeature(m_panel.known(feature), m_basis);
            m_sharedP[feature] = testPair(x, {m_targets.views.back().scores, {}, {}, 1}, m_windows,
                                          SecondLook::Yes, m_parameters.serialLags)
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
            for (std::size_t target = 0; target < m_panel.targetCount(); ++target)
                if (q[pair(feature, target)] <= m_parameters.shortListQ)
                    m_candidates.push_back({feature, target, q[pair(feature, target)]});
        forEachFeature([this](std::span<const double> x, Candidate &candidate) {
            candidate.looked = testPair(x, viewsOf(candidate.feature, candidate.target), m_windows,
                                        SecondLook::Yes, m_parameters.serialLags);
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
            p[pair(candidate.feature, candidate.target)] = candidate.looked.p;
        const auto q = stats::benjaminiHochberg(p);
        const auto qYekutieli = stats::benjaminiYekutieli(p);
        m_report.parameters = m_parameters;
        m_report.engineVersion = "1";
        m_report.kernel = chooseKernel().name;
        m_report.nullShare = stats::storey(p).nullShare;
        for (const double value : p)
            m_report.pairsTested += std::isnan(value) ? 0 : 1;
        m_report.testsRun = m_report.pairsTested * m_windows.count() * (hasViews() ? 2 : 1);
        for (const auto &refusal : m_refused)
            if (refusal)
                m_report.refusals.push_back(*refusal);
        forEachFeature([&](std::span<const double> x, Candidate &candidate) {
            const std::size_t at = pair(candidate.feature, candidate.target);
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
                              : std::pair(a.feature, a.target) < std::pair(b.feature, b.target);
        });
        std::ranges::stable_sort(m_report.refusals, {}, [](const Refusal &item) {
            return std::pair(item.feature, item.target + 1);
        });
    }

    static void refuse(Candidate &candidate, Rule rule, double value, double limit)
    {
        candidate.refusal = Refusal{candidate.feature, candidate.target, rule, value, limit};
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
        signal.target = candidate.target;
        signal.horizon = test.best.horizon;
        signal.lag = test.best.lag;
        signal.view = test.view;
        signal.sign = test.best.t > 0 ? 1 : -1;
        signal.t = test.best.t;
        signal.p = p;
        signal.q = q;
        signal.qYekutieli = qYekutieli;
        addEvidence(x, signal);
        candidate.refusal = sampleRules(signal, m_parameters);
        if (!candidate.refusal)
            candidate.signal = std::move(signal);
    }

    void addEvidence(std::span<const double> x, Signal &signal) const
    {
        const auto views = viewsOf(signal.feature, signal.target);
        std::vector<double> scores;
        switch (signal.view) {
        case View::Whole: scores.assign(views.whole.begin(), views.whole.end()); break;
        case View::Own: scores.assign(views.own.begin(), views.own.end()); break;
        case View::Shared: scores.assign(views.shared.begin(), views.shared.end()); break;
        }
        if (signal.view == View::Shared)
            for (auto &score : scores)
                score *= views.sharedSign;
        const auto &volatility = m_targets.volatility[signal.target];
        gatherEvidence({x, scores, volatility}, m_parameters, signal);
        const auto seen = preparedFeature(m_panel.byObservation(signal.feature), m_basis);
        const std::size_t rows = seen.size() - signal.lag - 1;
        signal.lookAhead = signal.sign * (effectOver({seen, scores, volatility}, signal.horizon,
                                                     signal.lag, 0, rows) -
                                          signal.effect);
    }

    const AsOfPanel &m_panel;
    const Parameters &m_parameters;
    Executor &m_executor;
    std::stop_token m_stop;
    const Progress &m_progress;
    Windows m_windows;
    CalendarBasis m_basis;
    PreparedTargets m_targets;
    std::vector<double> m_pairP;
    std::vector<double> m_sharedP; ///< by feature: against what all targets share
    std::vector<char> m_mayShare;  ///< by feature: passed there; not vector<bool>, threads read it
    std::vector<std::optional<Refusal>> m_refused;
    std::vector<Candidate> m_candidates;
    Report m_report;
};

} // namespace

std::string_view toString(Label label)
{
    switch (label) {
    case Label::Active: return "active";
    case Label::Fading: return "fading";
    case Label::Gone: return "gone";
    }
    return "unknown";
}

std::string_view toString(Regime regime)
{
    return regime == Regime::Split ? "split" : "all";
}

std::string_view toString(View view)
{
    switch (view) {
    case View::Whole: return "whole";
    case View::Own: return "own";
    case View::Shared: return "shared";
    }
    return "unknown";
}

std::string_view toString(Rule rule)
{
    switch (rule) {
    case Rule::NoHistory: return "insufficient history";
    case Rule::Missing: return "too many missing days";
    case Rule::Constant: return "constant";
    case Rule::FewValues: return "too few values";
    case Rule::FewEpisodes: return "too few episodes";
    case Rule::FewBlocks: return "values in too few blocks";
    case Rule::NotSignificant: return "not significant";
    case Rule::SecondLook: return "not significant with serial dependence";
    case Rule::Influence: return "rests on one day";
    case Rule::SmallSample: return "effective sample too small";
    case Rule::Disagreement: return "views of the return disagree";
    }
    return "unknown";
}

Result<Report> discover(const AsOfPanel &panel, const Parameters &parameters, Executor &executor,
                        std::stop_token stop, const Progress &progress)
{
    if (auto checked = check(panel, parameters); !checked)
        return std::unexpected(checked.error());
    return Run(panel, parameters, executor, std::move(stop), progress).go();
}

} // namespace chrona::discovery
