// SPDX-License-Identifier: AGPL-3.0-or-later
/// chrona-window-probe DATA STEADY_NS map|plain brush|rest
/// Opens the workstation's window on a running service and prints, one figure a line:
///   window_ms    from STEADY_NS (this clock, taken before the process was made) to the first paint
///   map_ms       the same, to the first picture of the map
///   events       how many it shows
///   brush_ms     one line for each step of a brush over the timeline: to the pixels of map and
///   table idle_frames, idle_percent, pss_mib   when nothing happens any more
#include "events/events_pane.h"
#include "process_figures.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "tables/table_view.h"
#include "timeline/timeline_pane.h"
#include "timeline/timeline_view.h"

#include "chrona/ui/map/map_view.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QApplication>
#include <QEventLoop>
#include <QMouseEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace chrona;

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::seconds kWaitMax{120}, kWatched{10};
constexpr int kBrushSteps = 60;

double millisSince(Steady::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

/// Counts paintings, of everything and of one widget.
class Painted : public QObject {
public:
    std::int64_t all = 0, watched = 0;
    const QWidget *widget = nullptr;

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            ++all;
            watched += object == widget ? 1 : 0;
        }
        return false;
    }
};

/// Runs the event loop until it is so; false where that takes too long.
bool waitUntil(const std::function<bool()> &isSo)
{
    const auto deadline = Steady::now() + kWaitMax;
    QEventLoop loop;
    QTimer look; // by a millisecond, which is the figures' resolution
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isSo() || Steady::now() > deadline)
            loop.quit();
    });
    look.start(1);
    loop.exec();
    return isSo();
}

void runFor(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

void send(QWidget &to, QEvent::Type type, QPointF at)
{
    const bool isMove = type == QEvent::MouseMove;
    const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, to.mapToGlobal(at), isMove ? Qt::NoButton : Qt::LeftButton, held,
                      Qt::NoModifier);
    QApplication::sendEvent(&to, &event);
}

/// A drag over the timeline in steps, each measured to the pixels of map and table.
bool brush(ui::MainWindow &window, const ui::MapView &map, Painted &painted)
{
    auto &timeline = qobject_cast<ui::TimelinePane *>(window.dock(u"timeline"_s)->widget())->view();
    painted.widget =
        qobject_cast<ui::EventsPane *>(window.dock(u"events"_s)->widget())->table().viewport();
    std::int64_t pictures = 0;
    const auto counting =
        QObject::connect(&map, &ui::MapView::pictureChanged, [&pictures] { ++pictures; });
    const QPointF from(timeline.width() * 0.2, timeline.height() * 0.5);
    send(timeline, QEvent::MouseButtonPress, from);
    bool isWell = true;
    for (int step = 1; step <= kBrushSteps && isWell; ++step) {
        isWell = waitUntil([&map] { return map.isSettled(); });
        const std::int64_t picturesBefore = pictures, paintedBefore = painted.watched;
        const auto begin = Steady::now();
        send(timeline, QEvent::MouseMove,
             from + QPointF(timeline.width() * 0.7 * step / kBrushSteps, 0));
        isWell = isWell && waitUntil([&] {
                     return pictures > picturesBefore && painted.watched > paintedBefore;
                 });
        std::printf("brush_ms %.2f\n", millisSince(begin));
    }
    send(timeline, QEvent::MouseButtonRelease, from + QPointF(timeline.width() * 0.7, 0));
    QObject::disconnect(counting);
    return isWell && waitUntil([&map] { return map.isSettled(); });
}

/// After all is drawn: what the window still costs.
void rest(const Painted &painted)
{
    runFor(std::chrono::seconds(3)); // what was put off is done
    const qint64 self = QCoreApplication::applicationPid();
    const std::int64_t frames = painted.all;
    const double used = bench::processorSeconds(self);
    runFor(kWatched);
    std::printf("idle_frames %lld\nidle_percent %.2f\npss_mib %.1f\n",
                static_cast<long long>(painted.all - frames),
                100 * (bench::processorSeconds(self) - used) /
                    static_cast<double>(kWatched.count()),
                bench::memoryMib(self));
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.size() != 5)
        return 2;
    const Steady::time_point begin{Steady::duration(words[2].toLongLong())};
    const bool withMap = words[3] == "map"_L1;

    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"workstation.ini"_s), QSettings::IniFormat);
    ui::Theme theme;
    theme.applyTo(application);
    workspace::SessionOptions options;
    options.dataFolder = words[1].toStdString();
    options.version = u"probe"_s;
    workspace::Session session(options);
    ui::MapView *map = nullptr;
    ui::MainWindow window(
        session, theme, settings,
        [&](workspace::Session &forMap, const ui::Theme &mapTheme, QWidget *parent) -> QWidget * {
            if (!withMap)
                return new QWidget(parent);
            return map = new ui::MapView(forMap, mapTheme, parent);
        });
    Painted painted;
    painted.widget = &window;
    application.installEventFilter(&painted);
    std::int64_t pictures = 0;
    if (map != nullptr)
        QObject::connect(map, &ui::MapView::pictureChanged, [&pictures] { ++pictures; });
    window.show();
    session.open();
    if (!waitUntil([&] { return painted.watched > 0; }))
        return 1;
    std::printf("window_ms %.1f\n", millisSince(begin));
    if (map != nullptr) {
        if (!waitUntil([&] { return pictures > 0; }))
            return 1;
        std::printf("map_ms %.1f\n", millisSince(begin));
    }
    if (!waitUntil([&] { return session.state() == workspace::Session::State::Ready; }))
        return 1;
    if (map != nullptr && !waitUntil([map] { return map->isSettled(); }))
        return 1;
    std::printf("events %zu\n", session.events().snapshot()->columns.size());
    const bool isWell = words[4] != "brush"_L1 || map == nullptr || brush(window, *map, painted);
    if (words[4] == "rest"_L1)
        rest(painted);
    return isWell ? 0 : 1;
}
