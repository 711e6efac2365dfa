// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/evidence_tables.h"

#include "signals/signal_words.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

struct TableWords {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::EvidenceTables)
};

std::optional<double> barOf(std::optional<double> effect)
{
    return effect ? std::optional(*effect / kEffectFull) : std::nullopt;
}

QString dayText(Instant instant)
{
    return TimeText{}.date(instant);
}

QString shareText(double share)
{
    return QLocale().toString(share * 100, 'f', 0) + u" %"_s;
}

SmallCell followedCell(const ipc::SignalEntry &signal, std::optional<double> followed)
{
    if (!followed)
        return {TableWords::tr("not yet known"), Role::Text3};
    if (isOfVolatility(signal)) // a size: neither good nor bad
        return {TableWords::tr("%1 % a day").arg(numberText(*followed * 100)), Role::Text1};
    return {percentChangeText(*followed), *followed < 0 ? Role::Critical : Role::Ok};
}

} // namespace

std::vector<SmallColumn> blockColumns()
{
    return {{TableWords::tr("Block")},
            {TableWords::tr("Effect"), true, 64},
            {TableWords::tr("−0.3 … +0.3"), false, 96}};
}

SmallRows blockRows(const ipc::SignalEntry &signal)
{
    SmallRows rows;
    for (const ipc::SignalBlock &block : signal.blocks)
        rows.push_back(
            {{TableWords::tr("%1 – %2").arg(dayText(block.begin), dayText(block.end)), Role::Text2},
             {effectText(block.effect)},
             {{}, Role::Text1, barOf(block.effect)}});
    return rows;
}

std::vector<SmallColumn> regimeColumns()
{
    return {{TableWords::tr("Regime")},
            {TableWords::tr("Effect"), true, 64},
            {TableWords::tr("−0.3 … +0.3"), false, 96},
            {TableWords::tr("Days"), true, 64}};
}

SmallRows regimeRows(const ipc::SignalEntry &signal)
{
    // Below sixty independent days the effect says nothing: it is grey.
    constexpr double kDaysMin = 60;
    SmallRows rows;
    for (const ipc::SignalRegime &regime : signal.regimes) {
        const Role role = regime.rows.value_or(0) < kDaysMin ? Role::Text3 : Role::Text1;
        rows.push_back({{regimeName(regime.regime), Role::Text2},
                        {effectText(regime.effect), role},
                        {{}, role, barOf(regime.effect)},
                        {numberText(regime.rows), Role::Text2}});
    }
    return rows;
}

std::vector<SmallColumn> foldColumns()
{
    return {{TableWords::tr("Tried on")},
            {TableWords::tr("Lag, horizon chosen before"), true, 150},
            {TableWords::tr("Effect"), true, 64},
            {TableWords::tr("−0.3 … +0.3"), false, 96},
            {TableWords::tr("Days"), true, 64}};
}

SmallRows foldRows(const ipc::SignalEntry &signal)
{
    SmallRows rows;
    for (const ipc::SignalFold &fold : signal.folds) {
        // Against the sign of the signal: what was chosen before did the opposite after.
        const bool isAgainst = fold.effect && *fold.effect * signal.effect < 0;
        rows.push_back(
            {{TableWords::tr("%1 – %2").arg(dayText(fold.begin), dayText(fold.end)), Role::Text2},
             {TableWords::tr("%1, %2").arg(countText(fold.lag), countText(fold.horizon)),
              Role::Text2},
             {effectText(fold.effect), isAgainst ? Role::Warning : Role::Text1},
             {{}, isAgainst ? Role::Warning : Role::Text1, barOf(fold.effect)},
             {numberText(fold.rows), Role::Text2}});
    }
    if (rows.empty())
        rows.push_back(
            {{TableWords::tr("The search that found it kept no single folds."), Role::Text2},
             {},
             {},
             {},
             {}});
    return rows;
}

std::vector<SmallColumn> controlColumns()
{
    return {{TableWords::tr("Control")},
            {TableWords::tr("Measured"), true, 72},
            {TableWords::tr("Asked for"), true, 72}};
}

SmallRows controlRows(const ipc::SignalEntry &signal)
{
    const auto roleOf = [](const std::string &outcome) {
        return outcome == "passed" ? Role::Ok : outcome == "refused" ? Role::Warning : Role::Text3;
    };
    SmallRows rows;
    for (const ipc::SignalControl &control : signal.controls)
        rows.push_back({{controlName(control.control), Role::Text2, {}, roleOf(control.outcome)},
                        {numberText(control.measured)},
                        {numberText(control.limit), Role::Text2}});
    return rows;
}

std::vector<SmallColumn> failureColumns()
{
    return {{TableWords::tr("How it could be wrong")}, {TableWords::tr("Measured"), true, 72}};
}

SmallRows failureRows(const ipc::SignalEntry &signal)
{
    SmallRows rows;
    for (const ipc::SignalFailure &failure : signal.failures)
        rows.push_back({{failureName(failure.mode), Role::Text1, {}, Role::Watch},
                        {numberText(failure.measured), Role::Text2}});
    if (rows.empty())
        rows.push_back({{TableWords::tr("No weakness was found by the probes."), Role::Text2}, {}});
    return rows;
}

std::vector<SmallColumn> episodeColumns()
{
    return {{TableWords::tr("Episode")},
            {TableWords::tr("Days"), true, 48},
            {TableWords::tr("Peak"), true, 72},
            {TableWords::tr("Robust z"), true, 72},
            {TableWords::tr("What followed"), true, 100},
            {TableWords::tr("Percentile"), true, 80}};
}

SmallRows episodeRows(const ipc::SignalEntry &signal)
{
    SmallRows rows;
    for (const ipc::SignalEpisode &episode : signal.episodes) {
        const auto days = (episode.end - episode.begin) / std::chrono::hours(24);
        rows.push_back({{dayText(episode.begin)},
                        {countText(days), Role::Text2},
                        {numberText(episode.featureValue), Role::Text2},
                        {numberText(episode.robustZ)},
                        followedCell(signal, episode.forwardReturn),
                        {episode.returnPercentile ? shareText(*episode.returnPercentile) : u"–"_s,
                         Role::Text2}});
    }
    return rows;
}

std::vector<SmallColumn> comparedColumns(const ipc::SignalEntry &first,
                                         const ipc::SignalEntry &second)
{
    return {
        {TableWords::tr("Figure")}, {pairText(first), true, 260}, {pairText(second), true, 260}};
}

SmallRows comparedRows(const ipc::SignalEntry &first, const ipc::SignalEntry &second)
{
    SmallRows rows;
    const auto add = [&](const QString &name, const auto &textOf) {
        rows.push_back({{name, Role::Text2}, {textOf(first)}, {textOf(second)}});
    };
    using Signal = ipc::SignalEntry;
    add(TableWords::tr("State"), [](const Signal &one) { return labelName(one.label); });
    add(TableWords::tr("Lag"), [](const Signal &one) { return sessionsText(one.lag); });
    add(TableWords::tr("Horizon"), [](const Signal &one) { return sessionsText(one.horizon); });
    add(TableWords::tr("View of the return"), [](const Signal &one) { return viewName(one.view); });
    add(TableWords::tr("Effect"), [](const Signal &one) { return effectText(one.effect); });
    add(TableWords::tr("Inner half of its blocks"), [](const Signal &one) {
        return TableWords::tr("%1 to %2")
            .arg(effectText(one.lowerQuartile), effectText(one.upperQuartile));
    });
    add(TableWords::tr("Worst block"), [](const Signal &one) { return effectText(one.worst); });
    add(TableWords::tr("q"), [](const Signal &one) { return rateText(one.q); });
    add(TableWords::tr("Bootstrap p"), [](const Signal &one) { return rateText(one.bootstrapP); });
    add(TableWords::tr("Stability"), [](const Signal &one) { return numberText(one.stability); });
    add(TableWords::tr("Out of sample"),
        [](const Signal &one) { return numberText(one.outOfSample); });
    add(TableWords::tr("Days, independent ones"), [](const Signal &one) {
        return TableWords::tr("%1, %2").arg(countText(one.sampleSize),
                                            numberText(one.sampleSizeEffective));
    });
    add(TableWords::tr("Episodes"),
        [](const Signal &one) { return countText(static_cast<qint64>(one.episodes.size())); });
    add(TableWords::tr("Stands out now"), [](const Signal &one) {
        return one.elevated ? TableWords::tr("yes, %1 σ").arg(numberText(one.noveltyZ))
                            : TableWords::tr("no");
    });
    return rows;
}

} // namespace chrona::ui
