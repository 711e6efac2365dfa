// SPDX-License-Identifier: AGPL-3.0-or-later
#include "table_probe.h"

#include "events/event_columns_model.h"
#include "plausible_events.h"
#include "process_figures.h"
#include "report.h"
#include "tables/table_view.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/event_texts.h"
#include "chrona/workspace/event_titles.h"
#include "chrona/workspace/focus.h"

#include <QApplication>
#include <QScrollBar>
#include <QTemporaryFile>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>

using namespace chrona;
using namespace chrona::ui;

namespace {

using Steady = std::chrono::steady_clock;
constexpr QSize kTableSize(1440, 900);

double tableMsSince(Steady::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

/// Rows that say their number, as a table of events has one for each.
class Numbers : public QAbstractTableModel {
public:
    explicit Numbers(int rows) : m_rows(rows) {}
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : m_rows;
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : 7;
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(index.row() * 7 + index.column()) : QVariant();
    }

private:
    int m_rows;
};

/// From the model to the first paint of the table.
class OpenTable : public QObject {
public:
    explicit OpenTable(int rows) : m_model(rows), m_table(m_theme, nullptr)
    {
        m_table.resize(kTableSize);
        m_table.viewport()->installEventFilter(this);
        m_begin = Steady::now();
        m_table.setModel(&m_model);
        m_table.show();
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(
                this, [this] { tell(); }, Qt::QueuedConnection);
        return false;
    }

private:
    void tell()
    {
        std::printf("open_ms %.1f\n", tableMsSince(m_begin));
        QCoreApplication::quit();
    }

    Theme m_theme;
    Numbers m_model;
    TableView m_table;
    Steady::time_point m_begin;
};

/// Titles by event, one behind the other; those of rows that are looked at are really there.
class TitleFile {
public:
    static constexpr qint64 kBytes = 400;

    bool make(int rows, int stops, int page)
    {
        if (!m_file.open() || !m_file.resize(rows * kBytes))
            return false;
        for (int stop = 0; stop <= stops; ++stop)
            for (int row = 0; row < 2 * page; ++row)
                write(qint64(rows) * stop / stops - page + row, rows);
        return m_file.flush();
    }
    [[nodiscard]] std::string title(qint64 row)
    {
        QByteArray bytes(kBytes, '\0');
        m_file.seek(row * kBytes);
        m_file.read(bytes.data(), kBytes);
        return bytes.constData();
    }
    [[nodiscard]] double mib() const { return double(m_file.size()) / (1 << 20); }

private:
    void write(qint64 row, int rows)
    {
        if (row < 0 || row >= rows)
            return;
        QByteArray bytes = "Event " + QByteArray::number(row) + ": ";
        bytes.resize(kBytes, char('a' + row % 26));
        bytes.back() = '\0';
        m_file.seek(row * kBytes);
        m_file.write(bytes);
    }

    QTemporaryFile m_file;
};

class ScrollTable : public QObject {
public:
    explicit ScrollTable(int rows) : m_rows(rows)
    {
        auto snapshot = std::make_shared<workspace::EventSnapshot>();
        snapshot->columns = std::move(*plausibleEvents(std::size_t(rows)));
        std::iota(snapshot->columns.id.begin(), snapshot->columns.id.end(), 1);
        std::ranges::sort(snapshot->columns.observedAt);
        snapshot->sources = {QStringLiteral("bench")};
        snapshot->regions = {QString()};
        m_focus.setWindow({Instant(Duration(0)), Instant(Duration(4'000'000'000'000'000))});
        m_store.replace(std::move(snapshot));
        m_table.resize(kTableSize);
        m_table.setModel(&m_model);
        m_table.setStretchColumn(workspace::EventTableModel::Title);
        m_table.viewport()->installEventFilter(this);
        connect(&m_model, &QAbstractItemModel::modelReset, this, &ScrollTable::start);
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_stop >= 0)
            QMetaObject::invokeMethod(
                this, [this] { look(); }, Qt::QueuedConnection);
        return false;
    }

private:
    static constexpr int kStops = 1'500;

    void start()
    {
        if (m_stop >= 0 || m_model.rowCount() != m_rows)
            return;
        m_table.show();
        const int page = m_table.viewport()->height() / m_table.rowHeight(0) + 2;
        // The newest event comes first, so the file is read from its end.
        if (!m_file.make(m_rows, kStops, page))
            return QCoreApplication::exit(1);
        m_stop = 0;
        m_begin = Steady::now();
        m_table.viewport()->update();
    }

    /// Once the page shows all its titles: the next one.
    void look()
    {
        const int top = m_table.rowAt(0), last = m_table.rowAt(m_table.viewport()->height() - 1);
        for (int row = top; row <= (last < 0 ? m_rows - 1 : last); ++row)
            if (!m_texts.title(m_model.eventAt(row)))
                return; // textsArrived() repaints
        if (m_stop == 0)
            m_before = bench::memoryMib(QCoreApplication::applicationPid());
        else
            m_pageMs.push_back(tableMsSince(m_begin));
        if (++m_stop > kStops)
            return tell();
        m_begin = Steady::now();
        QScrollBar *bar = m_table.verticalScrollBar();
        bar->setValue(int(qint64(bar->maximum()) * m_stop / kStops));
    }

    void tell()
    {
        std::printf("file_mib %.0f\nstops %zu\npage_p50_ms %.2f\npage_p95_ms %.2f\n"
                    "titles_read %lld\ntitles_kept %lld\npss_before_mib %.1f\npss_after_mib %.1f\n",
                    m_file.mib(), m_pageMs.size(), bench::percentile(m_pageMs, 0.5),
                    bench::percentile(m_pageMs, 0.95), static_cast<long long>(m_read),
                    static_cast<long long>(m_texts.kept()), m_before,
                    bench::memoryMib(QCoreApplication::applicationPid()));
        m_stop = -1;
        QCoreApplication::quit();
    }

    void answer(const ipc::EventTextsRequest &request, const workspace::EventTexts::Answer &done)
    {
        ipc::EventTextsReply reply;
        for (const schema::EventId id : request.ids)
            reply.texts.push_back({id, m_file.title(id.value - 1)});
        m_read += qint64(request.ids.size());
        QMetaObject::invokeMethod(
            this, [done, reply = std::move(reply)] { done(reply); }, Qt::QueuedConnection);
    }

    int m_rows, m_stop = -1;
    Theme m_theme;
    TitleFile m_file;
    workspace::Focus m_focus;
    workspace::EventStore m_store;
    workspace::EventTitles m_titles{m_store, [](auto, auto) {}, [](auto, auto) {}};
    workspace::EventSelector m_selector{m_focus, m_store, m_titles};
    workspace::EventTexts m_texts{
        [this](const ipc::EventTextsRequest &request, const workspace::EventTexts::Answer &done) {
            answer(request, done);
        }};
    EventColumnsModel m_model{m_selector, m_texts, m_titles};
    TableView m_table{m_theme, nullptr};
    Steady::time_point m_begin;
    std::vector<double> m_pageMs;
    qint64 m_read = 0;
    double m_before = 0;
};

} // namespace

int openTable(int rows)
{
    const OpenTable table(rows);
    return QApplication::exec();
}

int scrollTable(int rows)
{
    const ScrollTable table(rows);
    return QApplication::exec();
}
