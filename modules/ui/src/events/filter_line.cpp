// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/filter_line.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>
#include <QStyle>
#include <QStyleOptionFrame>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::EventFilter;
using workspace::FilterFault;
using workspace::FilterNames;

namespace {

/// Long enough that a word is not looked up letter by letter.
constexpr int kTypingPauseMs = 250;

} // namespace

FilterLine::FilterLine(workspace::Session &session, const Theme &theme, QWidget *parent)
    : QLineEdit(parent), m_session(session), m_theme(theme),
      m_candidates(new QStringListModel(this)), m_completer(new QCompleter(m_candidates, this))
{
    setPlaceholderText(tr("Filter: words, type:, region:, source:, severity>=50 …"));
    setAccessibleName(tr("Filter events"));
    setToolTip(tr("All terms must hold. Words are looked for in headlines; a minus before a term "
                  "takes its events away."));
    setClearButtonEnabled(true);
    setFont(theme.font(TextSize::Tiny));
    setMinimumWidth(120);
    // The dock's header is lower than a line of a form.
    setStyleSheet(u"QLineEdit { min-height: 0; padding: 0 6px; }"_s);
    setFixedHeight(20);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    m_completer->popup()->setProperty("tone", u"popup"_s);
    m_applyTimer.setSingleShot(true);
    m_applyTimer.setInterval(kTypingPauseMs);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &FilterLine::take);
    connect(&m_applyTimer, &QTimer::timeout, this, &FilterLine::apply);
    connect(this, &QLineEdit::textEdited, this, &FilterLine::edited);
    connect(this, &QLineEdit::returnPressed, this, [this] {
        apply();
        if (m_fault)
            QToolTip::showText(mapToGlobal(QPoint(0, height())), m_problem, this);
    });
    connect(&session.focus(), &workspace::Focus::filterChanged, this, &FilterLine::follow);
    connect(&session.titles(), &workspace::EventTitles::matchesChanged, this,
            qOverload<>(&QWidget::update));
    follow();
}

QSize FilterLine::sizeHint() const
{
    constexpr int kWidth = 340; // for a few terms; less where the dock is narrow
    return {kWidth, 20};
}

FilterNames FilterLine::names() const
{
    const auto snapshot = m_session.events().snapshot();
    return {snapshot->regions, snapshot->sources};
}

void FilterLine::type(const QString &text)
{
    setText(text);
    edited();
    apply();
}

void FilterLine::reset()
{
    m_applyTimer.stop();
    clear(); // what was begun and says nothing yet goes too
    setFault(std::nullopt);
    m_session.focus().setFilter({});
}

void FilterLine::edited()
{
    m_applyTimer.start();
    complete();
}

void FilterLine::apply()
{
    m_applyTimer.stop();
    auto filter = workspace::parseFilter(text(), names());
    if (!filter)
        return setFault(filter.error());
    setFault(std::nullopt);
    m_session.focus().setFilter(std::move(*filter));
}

void FilterLine::follow()
{
    // What was typed here stays as it was typed, as long as it says the same.
    const auto typed = workspace::parseFilter(text(), names());
    if (typed && *typed == m_session.focus().filter())
        return;
    m_applyTimer.stop();
    setText(workspace::filterText(m_session.focus().filter(), names()));
    setCursorPosition(0);
    setFault(std::nullopt);
}

void FilterLine::complete()
{
    m_completion = workspace::completeFilter(text(), cursorPosition(), names());
    m_candidates->setStringList(m_completion.candidates);
    if (m_completion.candidates.isEmpty())
        return m_completer->popup()->hide();
    m_completer->setCompletionPrefix({});
    const int left = cursorRect().left();
    m_completer->complete(QRect(left, 0, 220, height()));
}

void FilterLine::take(const QString &candidate)
{
    QString changed = text();
    changed.replace(m_completion.at, m_completion.length, candidate);
    setText(changed);
    setCursorPosition(static_cast<int>(m_completion.at + candidate.size()));
    // "type:" goes on with its values.
    if (candidate.endsWith(u':'))
        complete();
    m_applyTimer.start();
}

void FilterLine::setFault(std::optional<FilterFault> fault)
{
    m_fault = std::move(fault);
    m_problem = m_fault ? faultText(*m_fault) : QString();
    setAccessibleDescription(m_problem);
    update();
}

void FilterLine::keyPressEvent(QKeyEvent *event)
{
    const bool isChoosing = m_completer->popup()->isVisible();
    if (isChoosing && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                       event->key() == Qt::Key_Tab))
        return event->ignore(); // the list takes them
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return apply();
    }
    QLineEdit::keyPressEvent(event);
}

void FilterLine::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!m_fault)
        return;
    // Under the part that is wrong, or under all of it where it has scrolled.
    QStyleOptionFrame option;
    initStyleOption(&option);
    const QRect inner = style()->subElementRect(QStyle::SE_LineEditContents, &option, this);
    const QFontMetrics metrics(font());
    const int before = metrics.horizontalAdvance(text().first(m_fault->at));
    const int width = metrics.horizontalAdvance(m_fault->token);
    const int cursorShift = cursorRect().left() + 1 - inner.left() -
                            metrics.horizontalAdvance(text().first(cursorPosition()));
    QPainter painter(this);
    painter.setPen(QPen(m_theme.color(Role::Critical), 2));
    const int left = std::clamp(inner.left() + before + cursorShift, inner.left(), inner.right());
    painter.drawLine(left, height() - 3, std::min(left + width, inner.right()), height() - 3);
}

QString faultText(const FilterFault &fault)
{
    using Kind = FilterFault::Kind;
    switch (fault.kind) {
    case Kind::OpenQuote: return FilterLine::tr("A quotation mark is not closed.");
    case Kind::UnknownField:
        return FilterLine::tr("“%1” is none of type, category, region, source, severity, "
                              "confidence and box.")
            .arg(fault.token);
    case Kind::UnknownType: return FilterLine::tr("There is no type “%1”.").arg(fault.token);
    case Kind::UnknownRegion:
        return FilterLine::tr("No event is in a region “%1”.").arg(fault.token);
    case Kind::UnknownSource:
        return FilterLine::tr("No event comes from a source “%1”.").arg(fault.token);
    case Kind::MissingValue: return FilterLine::tr("A value is missing in “%1”.").arg(fault.token);
    case Kind::NotANumber: return FilterLine::tr("“%1” is no number.").arg(fault.token);
    case Kind::OutOfRange: return FilterLine::tr("“%1” is out of range.").arg(fault.token);
    case Kind::NothingLeft:
        return FilterLine::tr("With “%1”, nothing is left that could pass.").arg(fault.token);
    case Kind::TooManyWords: return FilterLine::tr("That is more words than can be looked for.");
    }
    return {};
}

} // namespace chrona::ui
