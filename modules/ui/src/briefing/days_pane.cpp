// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/days_pane.h"

#include "chrona/ui/theme.h"
#include "tables/empty_hint.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QCalendarWidget>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

using workspace::BriefingBook;
using workspace::ListState;

namespace {

constexpr auto kDayFormat = "yyyy-MM-dd";

} // namespace

BriefingDaysPane::BriefingDaysPane(BriefingBook &book, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book), m_sections(new QListWidget(this)),
      m_date(new QDateEdit(this)), m_search(new QLineEdit(this)), m_days(new QListWidget(this)),
      m_noDays(new EmptyHint(*m_days, {})), m_typed(new QTimer(this))
{
    makeContent();
    connect(&book, &BriefingBook::listChanged, this, &BriefingDaysPane::refresh);
    connect(&book, &BriefingBook::currentChanged, this, &BriefingDaysPane::followCurrent);
    refresh();
    followCurrent();
}

void BriefingDaysPane::makeContent()
{
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, metric::kPadding, 0, 0);
    column->setSpacing(metric::kGrid);
    const auto titled = [&](const QString &title) {
        auto *label = new QLabel(title, content);
        label->setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
        label->setProperty("tone", u"secondary"_s);
        label->setContentsMargins(metric::kGap, 0, metric::kGap, 0);
        column->addWidget(label);
    };
    titled(tr("Sections"));
    m_sections->setAccessibleName(tr("Sections of the briefing"));
    new EmptyHint(*m_sections, tr("No briefing is open."));
    column->addWidget(m_sections, 2);
    titled(tr("Day"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metric::kPadding, 0, metric::kPadding, 0);
    dressDate();
    auto *go = new QToolButton(content);
    go->setText(tr("Open"));
    go->setToolTip(tr("Open the briefing of this day, or offer to make it"));
    go->setAccessibleName(go->toolTip());
    row->addWidget(m_date, 1);
    row->addWidget(go);
    column->addLayout(row);
    titled(tr("History"));
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(metric::kPadding, 0, metric::kPadding, 0);
    m_search->setPlaceholderText(tr("Words in any briefing"));
    m_search->setAccessibleName(tr("Search briefings"));
    m_search->setClearButtonEnabled(true);
    searchRow->addWidget(m_search);
    column->addLayout(searchRow);
    m_days->setAccessibleName(tr("Briefings that are kept"));
    column->addWidget(m_days, 3);
    setContent(content);
    for (QListWidget *list : {m_sections, m_days}) {
        list->setFont(m_theme.font(TextSize::Small));
        list->setFrameShape(QFrame::NoFrame);
        list->setUniformItemSizes(true);
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setTextElideMode(Qt::ElideRight);
    }
    m_typed->setSingleShot(true);
    m_typed->setInterval(200ms);
    connect(m_search, &QLineEdit::textChanged, m_typed, qOverload<>(&QTimer::start));
    connect(m_typed, &QTimer::timeout, this, [this] { m_book.setSearch(m_search->text()); });
    connect(go, &QToolButton::clicked, this,
            [this] { m_book.open(m_date->date().toString(QString::fromLatin1(kDayFormat))); });
    connect(m_sections, &QListWidget::currentRowChanged, this, [this](int section) {
        if (section >= 0)
            Q_EMIT sectionWanted(section);
    });
    connect(m_sections, &QListWidget::itemClicked, this,
            [this] { Q_EMIT sectionWanted(m_sections->currentRow()); });
    connect(m_days, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            m_book.open(item->data(Qt::UserRole).toString());
    });
}

void BriefingDaysPane::dressDate()
{
    m_date->setDisplayFormat(QString::fromLatin1(kDayFormat));
    m_date->setCalendarPopup(true);
    m_date->setDate(QDate::currentDate().addDays(-1)); // until there is a briefing to follow
    m_date->setAccessibleName(tr("Day of the briefing"));
    QCalendarWidget *calendar = m_date->calendarWidget();
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday})
        calendar->setWeekdayTextFormat(day, {}); // red means critical here
    for (QLineEdit *inner : m_date->findChildren<QLineEdit *>())
        inner->setAccessibleName(m_date->accessibleName());
}

void BriefingDaysPane::setSections(const QStringList &headings)
{
    const QSignalBlocker quiet(m_sections);
    m_sections->clear();
    m_sections->addItems(headings);
    for (int row = 0; row < m_sections->count(); ++row)
        m_sections->item(row)->setToolTip(headings[row]);
}

void BriefingDaysPane::refresh()
{
    {
        const QSignalBlocker quiet(m_days);
        m_days->clear();
        for (const ipc::BriefingEntry &entry : m_book.days()) {
            auto *item = new QListWidgetItem(
                entry.revision > 1
                    ? tr("%1 · edition %2").arg(fromUtf8(entry.day)).arg(entry.revision)
                    : fromUtf8(entry.day),
                m_days);
            item->setData(Qt::UserRole, fromUtf8(entry.day));
            item->setToolTip(tr("%1\nknown at %2 UTC")
                                 .arg(fromUtf8(entry.title), TimeText{}.minute(entry.knownAt)));
        }
    }
    m_noDays->setHint(m_search->text().isEmpty() ? tr("No briefing is kept yet.")
                                                 : tr("No briefing holds these words."));
    setHeaderNote(m_book.listState() == ListState::Ready
                      ? countText(static_cast<qint64>(m_book.days().size()))
                      : QString());
    followCurrent();
    if (m_book.listState() == ListState::Failed && m_book.days().empty() && m_book.problem()) {
        const FailureText text = failureText(*m_book.problem());
        setError({text.cause, text.remedy, tr("Try again"), [this] { m_book.refresh(); }});
    } else if (m_book.listState() == ListState::Loading) {
        setLoading(tr("Loading the history…"));
    } else {
        setReady();
    }
}

void BriefingDaysPane::followCurrent()
{
    const QString day = m_book.current() ? m_book.current()->day : m_book.wantedDay();
    const QSignalBlocker quiet(m_days);
    m_days->setCurrentRow(-1);
    for (int row = 0; row < m_days->count(); ++row)
        if (m_days->item(row)->data(Qt::UserRole).toString() == day)
            m_days->setCurrentRow(row);
    m_date->setMaximumDate(QDate::currentDate());
    const QDate date = QDate::fromString(day, QString::fromLatin1(kDayFormat));
    if (date.isValid())
        m_date->setDate(date);
}

} // namespace chrona::ui
