// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/signal_delegate.h"

#include "shell/status_mark.h"
#include "signals/signal_words.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

using workspace::RefusedModel;
using workspace::SignalsModel;

constexpr int kEffectTextWidth = 54;
constexpr int kShareTextWidth = 34;

QString nowText(const ipc::SignalEntry &signal)
{
    if (!signal.elevated)
        return u"–"_s;
    const QString z = QLocale().toString(signal.noveltyZ, 'f', 1);
    return signal.newlyElevated ? SignalDelegate::tr("new %1 σ").arg(z)
                                : SignalDelegate::tr("%1 σ").arg(z);
}

/// What is read out where a cell is more than its text.
QString spokenText(const ipc::SignalEntry &signal, int column)
{
    switch (column) {
    case SignalsModel::Feature: return featureText(signal);
    case SignalsModel::Target: return targetText(signal);
    case SignalsModel::Lag:
        return SignalDelegate::tr("%1 + %2 d").arg(signal.lag).arg(signal.horizon);
    case SignalsModel::Effect: return effectText(signal.effect);
    case SignalsModel::Q: return rateText(signal.q);
    case SignalsModel::Stability: return QLocale().toString(signal.stability, 'f', 2);
    case SignalsModel::Now: return nowText(signal);
    case SignalsModel::Label: return labelName(signal.label);
    case SignalsModel::Family: return countText(signal.familySize);
    default: return {};
    }
}

void paintEffect(QPainter &painter, const QRectF &box, const ipc::SignalEntry &signal,
                 const Theme &theme)
{
    const double half = box.width() / 2;
    const auto at = [&](double effect) {
        return box.center().x() + std::clamp(effect / kEffectFull, -1.0, 1.0) * half;
    };
    const double middle = box.center().y();
    painter.fillRect(QRectF(box.left(), middle, box.width(), 1), theme.color(Role::Line));
    painter.fillRect(QRectF(box.center().x(), middle - 5, 1, 11), theme.color(Role::Text3));
    const double low = at(signal.lowerQuartile);
    const double high = at(signal.upperQuartile);
    painter.fillRect(QRectF(low, middle - 2, std::max(high - low, 1.0), 5),
                     theme.color(Role::Accent, 0.55));
    painter.fillRect(QRectF(at(signal.effect) - 1, middle - 5, 2, 11), theme.color(Role::Text1));
}

} // namespace

QVariant SignalColumnsModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return spokenText(entry(index.row()), index.column());
    return SignalsModel::data(index, role);
}

QVariant SignalColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section == Lag || section == Q || section == Family;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Lag: return tr("Sessions from the feature to the return, and over how many it runs");
        case Effect: return tr("Correlation; the bar is the inner half of its blocks");
        case Q: return tr("False discovery rate at which it would be admitted");
        case Stability: return tr("Signs, spread, regimes and out of sample; 0 to 1");
        case Now: return tr("Whether the feature stands out now: attention, never belief");
        case Family: return tr("Pairs that were tried in the same search");
        default: return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Feature: return tr("Feature");
    case Target: return tr("Leads");
    case Lag: return tr("Lag");
    case Effect: return tr("Effect ± IQR");
    case Q: return tr("q");
    case Stability: return tr("Stability");
    case Now: return tr("Now");
    case Label: return tr("State");
    case Family: return tr("Family");
    default: return {};
    }
}

SignalDelegate::SignalDelegate(const Theme &theme, const workspace::SignalsModel &model,
                               QObject *parent)
    : CellDelegate(theme, parent), m_model(model)
{
}

Cell SignalDelegate::cell(const QModelIndex &index) const
{
    const ipc::SignalEntry &signal = m_model.entry(index.row());
    const QString text = spokenText(signal, index.column());
    const QFont body = m_theme.font(TextSize::Small);
    const QFont strong = m_theme.font(TextSize::Small, TextWeight::Strong);
    const QColor first = m_theme.color(Role::Text1);
    const QColor second = m_theme.color(Role::Text2);
    switch (index.column()) {
    case SignalsModel::Feature: return {text, body, first};
    case SignalsModel::Target: return {u"→ "_s + text, strong, first};
    case SignalsModel::Lag:
    case SignalsModel::Q:
    case SignalsModel::Family: return {text, body, second, Qt::AlignRight};
    case SignalsModel::Effect:
    case SignalsModel::Stability: return {text, body, first};
    case SignalsModel::Now:
        return {text, signal.elevated ? strong : body,
                m_theme.color(signal.elevated ? Role::Text1 : Role::Text3), Qt::AlignLeft,
                signal.elevated ? kMarkRoom : 0};
    case SignalsModel::Label: return {text, body, second, Qt::AlignLeft, kMarkRoom};
    default: return {};
    }
}

void SignalDelegate::paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    const ipc::SignalEntry &signal = m_model.entry(index.row());
    const auto mark = [&](Role role) {
        paintMark(painter, QRectF(box.left(), box.center().y() - 3.5, 8, 8), markShapeOf(role),
                  m_theme.color(role));
    };
    if (index.column() == SignalsModel::Effect) {
        const QRectF bar = QRectF(box).adjusted(kEffectTextWidth, 0, 0, 0);
        if (bar.width() > 24)
            paintEffect(painter, bar, signal, m_theme);
    } else if (index.column() == SignalsModel::Stability) {
        const QRectF track(box.left() + kShareTextWidth, box.center().y() - 1,
                           std::max(0, box.width() - kShareTextWidth), 4);
        painter.fillRect(track, m_theme.color(Role::Surface3));
        painter.fillRect(QRectF(track.topLeft(),
                                QSizeF(track.width() * std::clamp(signal.stability, 0.0, 1.0), 4)),
                         m_theme.color(Role::Ok, 0.8));
    } else if (index.column() == SignalsModel::Now && signal.elevated) {
        mark(signal.newlyElevated ? Role::Warning : Role::Watch);
    } else if (index.column() == SignalsModel::Label) {
        mark(labelRole(signal.label));
    }
}

QString SignalDelegate::hint(const QModelIndex &index) const
{
    const ipc::SignalEntry &signal = m_model.entry(index.row());
    switch (index.column()) {
    case SignalsModel::Feature:
        return signal.synthetic ? tr("%1 (synthetic)").arg(fromUtf8(signal.feature))
                                : fromUtf8(signal.feature);
    case SignalsModel::Target:
        return isOfVolatility(signal)
                   ? tr("How far %1 moves, either way, beside what was expected the day before")
                         .arg(fromUtf8(signal.targetName))
                   : fromUtf8(signal.targetName);
    case SignalsModel::Effect:
        return tr("Correlation %1; inner half of its blocks %2 to %3; worst block %4")
            .arg(effectText(signal.effect), effectText(signal.lowerQuartile),
                 effectText(signal.upperQuartile), effectText(signal.worst));
    case SignalsModel::Stability:
        return tr("Signs %1, spread %2, regimes %3, out of sample %4")
            .arg(numberText(signal.consistency), numberText(signal.dispersion),
                 numberText(signal.generality), numberText(signal.outOfSample));
    case SignalsModel::Now:
        return tr("Percentile %1 of its last year; elevated on %2 % of days")
            .arg(numberText(signal.noveltyPercentile * 100),
                 numberText(signal.noveltyBaseRate * 100));
    default: return {};
    }
}

QVariant RefusedColumnsModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return RefusedModel::data(index, role);
    const ipc::RefusedEntry &refused = entry(index.row());
    switch (index.column()) {
    case Target:
        return refused.target.empty() ? tr("every target")
                                      : u"→ "_s + targetText(refused.target, refused.measure);
    case Rule: return ruleName(refused.rule);
    case Measured: return numberText(refused.measured);
    case Limit: return numberText(refused.limit);
    default: return RefusedModel::data(index, Qt::DisplayRole);
    }
}

QVariant RefusedColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section == Measured || section == Limit;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Feature: return tr("Feature");
    case Target: return tr("Against");
    case Rule: return tr("Refused by");
    case Measured: return tr("Measured");
    case Limit: return tr("Asked for");
    default: return {};
    }
}

RefusedDelegate::RefusedDelegate(const Theme &theme, const workspace::RefusedModel &model,
                                 QObject *parent)
    : CellDelegate(theme, parent), m_model(model)
{
}

Cell RefusedDelegate::cell(const QModelIndex &index) const
{
    const bool isNumber =
        index.column() == RefusedModel::Measured || index.column() == RefusedModel::Limit;
    return {index.data().toString(), m_theme.font(TextSize::Small),
            m_theme.color(index.column() == RefusedModel::Feature ? Role::Text1 : Role::Text2),
            isNumber ? Qt::AlignRight : Qt::AlignLeft};
}

QString RefusedDelegate::hint(const QModelIndex &index) const
{
    return index.column() == RefusedModel::Feature ? fromUtf8(m_model.entry(index.row()).feature)
                                                   : QString();
}

} // namespace chrona::ui
