// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/status_bar.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "events/stored_view.h"
#include "shell/status_mark.h"
#include "text/names.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

using workspace::Session;

StatusBar::StatusBar(const Theme &theme, Session &session, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_session(session),
      m_service(new StatusMark(theme, TextSize::Tiny, this)),
      m_database(new StatusMark(theme, TextSize::Tiny, this)), m_dataTime(new QLabel(this)),
      m_counts(new QLabel(this)), m_advice(new QLabel(this)),
      m_zone(new QToolButton(this))
{
    setFixedHeight(metric::kStatusBar);
    for (QLabel *label : {m_dataTime, m_counts, m_advice}) {
        label->setFont(theme.font(TextSize::Tiny));
        label->setProperty("tone", u"secondary"_s);
    }
    m_zone->setFont(theme.font(TextSize::Tiny));
    m_zone->setFixedHeight(18);
    m_zone->setAccessibleName(tr("Time zone"));
    connect(m_zone, &QToolButton::clicked, this, &StatusBar::zoneToggled);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metric::kGap, 1, metric::kPadding, 0);
    row->setSpacing(16);
    for (QWidget *part : {static_cast<QWidget *>(m_service), static_cast<QWidget *>(m_database),
                          static_cast<QWidget *>(m_dataTime)})
        row->addWidget(part);
    row->addStretch(1);
    row->addWidget(m_advice);
    row->addStretch(1);
    row->addWidget(m_counts);
    row->addWidget(m_zone);
    m_minute.setTimerType(Qt::VeryCoarseTimer);
    m_minute.setInterval(60s);
    m_minute.start();
    connect(&m_minute, &QTimer::timeout, this, &StatusBar::refreshDataTime);
    connect(&session, &Session::stateChanged, this, &StatusBar::refreshService);
    connect(&session, &Session::statusChanged, this, &StatusBar::refreshService);
    connect(&session.selector(), &workspace::EventSelector::visibleChanged, this,
            &StatusBar::refreshCounts);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    refreshTold();
    setTimeText({});
    refreshService();
    refreshCounts();
}

void StatusBar::setTimeText(const TimeText &times)
{
    m_times = times;
    m_zone->setText(times.zoneName());
    m_zone->setToolTip(times.zone == TimeZoneChoice::Utc
                           ? tr("All times are UTC; click for local time")
                           : tr("All times are local; click for UTC"));
    refreshDataTime();
}

void StatusBar::refreshService()
{
    const auto problem = m_session.problem();
    const QString why = problem ? fromUtf8(problem->what) : QString();
    switch (m_session.state()) {
    case Session::State::Starting: m_service->set(Role::Watch, tr("service starting"), why); break;
    case Session::State::Connecting: m_service->set(Role::Watch, tr("connecting"), why); break;
    case Session::State::Loading:
        m_service->set(Role::Watch, tr("loading events"), tr("Connected; events are on their way"));
        break;
    case Session::State::Ready:
        m_service->set(Role::Ok, tr("service ready"),
                       tr("Version %1, process %2, data in %3")
                           .arg(fromUtf8(m_session.status().version))
                           .arg(m_session.status().processId)
                           .arg(fromUtf8(m_session.status().dataFolder)));
        break;
    case Session::State::Lost:
        m_service->set(Role::Critical, tr("service lost, reconnecting"), why);
        break;
    }
    const ipc::DatabaseStatus &database = m_session.status().database;
    const QString size = QLocale().formattedDataSize(database.sizeBytes, 1);
    const QString version = tr("PostgreSQL %1").arg(fromUtf8(database.serverVersion));
    switch (database.state) {
    case ipc::DatabaseState::Starting:
        m_database->set(Role::Watch, tr("database starting"), {});
        break;
    case ipc::DatabaseState::Ready:
        m_database->set(Role::Ok, tr("database %1").arg(size), version);
        break;
    case ipc::DatabaseState::Failing:
        m_database->set(Role::Critical, tr("database failing"), fromUtf8(database.problem));
        break;
    case ipc::DatabaseState::Stopped:
        m_database->set(Role::Text3, tr("database stopped"), {});
        break;
    }
    refreshDataTime();
}

void StatusBar::refreshDataTime()
{
    const auto newest = m_session.status().newestObservedAt;
    m_dataTime->setVisible(newest.has_value());
    if (!newest)
        return;
    m_dataTime->setText(tr("newest event %1").arg(m_times.minute(*newest)));
    m_dataTime->setToolTip(
        tr("%1 %2, %3")
            .arg(m_times.second(*newest), m_times.zoneName(), agoText(nowInstant() - *newest)));
}

void StatusBar::refreshCounts()
{
    const auto visible = m_session.selector().visible();
    const qint64 total =
        visible->snapshot ? static_cast<qint64>(visible->snapshot->columns.size()) : 0;
    const QString count = countOfText(static_cast<qint64>(visible->rows.size()), total);
    const auto since = visible->snapshot ? visible->snapshot->since : std::nullopt;
    m_counts->setText(since ? tr("%1 events since %2").arg(count, m_times.date(*since))
                            : tr("%1 events").arg(count));
    m_counts->setToolTip(
        since ? tr("All views show the newest events. Older ones, %1, are in the database: the "
                   "table of events can show all of it.")
                    .arg(aboutText(static_cast<qint64>(visible->snapshot->older)))
              : QString());
}

void StatusBar::tell(const QString &words)
{
    m_told = words;
    refreshTold();
}

void StatusBar::refreshTold()
{
    const bool isTold = !m_told.isEmpty();
    const QString words = isTold ? m_advice->fontMetrics().elidedText(m_told, Qt::ElideMiddle,
                                                                      width() / 2)
                                 : tr("research, not advice");
    m_advice->setText(words);
    m_advice->setToolTip(isTold && words != m_told ? m_told : QString());
    m_advice->setProperty("tone", isTold ? QVariant() : QVariant(u"hint"_s));
    m_advice->style()->polish(m_advice); // a property is looked at only then
}

void StatusBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refreshTold();
}

void StatusBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface0));
    painter.fillRect(0, 0, width(), 1, m_theme.color(Role::Line));
}

} // namespace chrona::ui
