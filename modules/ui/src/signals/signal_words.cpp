// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/signal_words.h"

#include "chrona/workspace/signals_model.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>
#include <span>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

struct SignalText {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::SignalWords)
};

struct Word {
    std::string_view key;
    const char *text;
};

constexpr Word kRules[] = {
    {"insufficient history", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Insufficient history")},
    {"too many missing days",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Too many missing days")},
    {"constant", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Constant")},
    {"too few values", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Too few values")},
    {"too few episodes", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Too few episodes")},
    {"values in too few blocks",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Values in too few blocks")},
    {"not significant", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Not significant")},
    {"not significant with serial dependence",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Not significant with serial dependence")},
    {"rests on one day", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Rests on one day")},
    {"effective sample too small",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Effective sample too small")},
    {"views of the return disagree",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Views of the return disagree")},
    {"too few days for the horizon",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Too few days for the horizon")},
    {"gone without its strongest episodes",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Gone without its strongest episodes")},
    {"not rare under resampling",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Not rare under resampling")},
};

constexpr Word kRegimes[] = {
    {"volatility_low", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Volatility low")},
    {"volatility_middle", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Volatility middle")},
    {"volatility_high", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Volatility high")},
    {"rates_rising", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Rates rising")},
    {"rates_falling", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Rates falling")},
    {"first_half_of_year", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "January to June")},
    {"second_half_of_year", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "July to December")},
};

constexpr Word kControlWords[] = {
    {"history", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Decision days")},
    {"non_baseline_values", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Values that differ")},
    {"episode_count", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Episodes")},
    {"sample_over_horizon", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Days per horizon")},
    {"effective_sample", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Independent days")},
    {"missing_share", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Missing share")},
    {"influence", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Largest day or episode")},
    {"leave_episodes_out",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "t without three episodes")},
    {"false_discovery_rate", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "False discovery rate")},
    {"dependent_rate", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Rate under dependence")},
    {"second_look", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "t, serial dependence")},
    {"bootstrap", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Bootstrap p")},
    {"walk_forward", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Out of sample")},
    {"trend_and_season", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Trend and season out")},
    {"common_factor", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Market taken out")},
    {"look_ahead_probe", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Look-ahead probe")},
    {"revision_probe", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Revision probe")},
};

constexpr Word kFailures[] = {
    {"shared_trend", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "A shared trend")},
    {"season", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "A shared season")},
    {"common_factor", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "The market as a whole")},
    {"few_episodes", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Few episodes")},
    {"one_regime", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "One regime only")},
    {"decaying", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "It decays")},
    {"revision_sensitive",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "It lives on later revisions")},
    {"look_ahead", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "It lives on looking ahead")},
    {"assumed_availability",
     QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Availability is assumed")},
    {"thin_target", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "A thinly traded target")},
};

constexpr Word kOthers[] = {
    {"active", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Active")},
    {"fading", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Fading")},
    {"gone", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "Gone")},
    {"whole", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "whole return")},
    {"own", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "own part of the return")},
    {"shared", QT_TRANSLATE_NOOP("chrona::ui::SignalWords", "shared part of the return")},
};

QString lookUp(std::span<const Word> words, std::string_view key)
{
    for (const Word &word : words) {
        if (word.key == key)
            return SignalText::tr(word.text);
    }
    return attributeName(key);
}

QString withMinus(QString digits, bool isNegative)
{
    return isNegative ? u"−"_s + digits : digits;
}

} // namespace

QString ruleName(std::string_view rule)
{
    return lookUp(kRules, rule);
}

QString regimeName(std::string_view regime)
{
    return lookUp(kRegimes, regime);
}

QString controlName(std::string_view control)
{
    return lookUp(kControlWords, control);
}

QString failureName(std::string_view mode)
{
    return lookUp(kFailures, mode);
}

QString labelName(std::string_view label)
{
    return lookUp(kOthers, label);
}

QString viewName(std::string_view view)
{
    return lookUp(kOthers, view);
}

Role labelRole(std::string_view label)
{
    return label == "active" ? Role::Ok : label == "fading" ? Role::Watch : Role::Text3;
}

QString featureText(const ipc::SignalEntry &signal)
{
    return fromUtf8(signal.featureName.empty() ? signal.feature : signal.featureName);
}

bool isOfVolatility(const ipc::SignalEntry &signal)
{
    return signal.measure == "volatility";
}

QString targetText(const ipc::SignalEntry &signal)
{
    return targetText(signal.target, signal.measure);
}

QString targetText(std::string_view target, std::string_view measure)
{
    return measure == "volatility" ? SignalText::tr("%1 volatility").arg(fromUtf8(target))
                                   : fromUtf8(target);
}

QString pairText(const ipc::SignalEntry &signal)
{
    return SignalText::tr("%1 → %2").arg(featureText(signal), targetText(signal));
}

QString effectText(std::optional<double> effect)
{
    if (!effect || !std::isfinite(*effect))
        return u"–"_s;
    return (*effect < 0 ? u"−"_s : u"+"_s) + QLocale().toString(std::abs(*effect), 'f', 3);
}

QString rateText(double rate)
{
    return rate < 0.001 ? u"< "_s + QLocale().toString(0.001, 'f', 3)
                        : QLocale().toString(rate, 'f', 3);
}

QString numberText(std::optional<double> number)
{
    if (!number || !std::isfinite(*number))
        return u"–"_s;
    const double size = std::abs(*number);
    const int digits = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
    return withMinus(QLocale().toString(size, 'f', digits), *number < 0);
}

QString sessionsText(int count)
{
    return count == 1 ? SignalText::tr("1 session") : SignalText::tr("%1 sessions").arg(count);
}

} // namespace chrona::ui
