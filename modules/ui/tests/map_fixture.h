// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "session_fixture.h"

#include "chrona/ui/map/map_view.h"
#include "map/map_list.h"
#include "map/map_shapes.h"
#include "map/map_tools.h"
#include "shell/focus_history.h"

#include <QFile>

#include <functional>

namespace chrona::ui::test {

using namespace Qt::StringLiterals;
using workspace::MapLayers;

/// The map in a window of its own, against the sample world behind a real socket.
struct MapFixture : SessionFixture {
    void open();
    /// As it was opened.
    void reset();
    void close();
    void settle();
    void change(const std::function<void(MapLayers &)> &edit);
    void onlyTypes(std::initializer_list<schema::EventType> types);
    [[nodiscard]] QString write(const char *name, const std::string &bytes) const;
    [[nodiscard]] QImage picture() const { return m_view->picture(m_view->size(), 1); }
    [[nodiscard]] QPointF placeOf(double longitude, double latitude) const
    {
        return m_view->camera().toScreen(geo::project({longitude, latitude}));
    }

    std::unique_ptr<FocusHistory> m_history;
    std::unique_ptr<MapView> m_view;
};

inline qsizetype pixelsThatDiffer(const QImage &a, const QImage &b)
{
    qsizetype count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    return count;
}

inline void MapFixture::open()
{
    prepare(5'000);
    m_history = std::make_unique<FocusHistory>(focus(), m_session->events(),
                                               m_session->undoStack(), nullptr);
    m_view = std::make_unique<MapView>(*m_session, *m_theme);
    m_view->resize(1000, 640);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get(), 60'000));
    openSession();
}

inline void MapFixture::reset()
{
    focus().clearSelection();
    focus().setFilter({});
    focus().setLayers(MapLayers::initial());
    focus().setWindow({*parseInstant("1980-01-01"), *parseInstant("2100-01-01")});
    m_view->fitToWorld();
    settle();
}

inline void MapFixture::close()
{
    m_view.reset();
    m_history.reset();
    closeSession();
}

inline void MapFixture::settle()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_session->selector().isSettled() && m_view->isSettled() &&
                                 m_session->selector().visible()->rows.size() > 0,
                             30'000);
}

inline void MapFixture::change(const std::function<void(MapLayers &)> &edit)
{
    MapLayers layers = focus().layers();
    edit(layers);
    focus().setLayers(layers);
    settle();
}

inline void MapFixture::onlyTypes(std::initializer_list<schema::EventType> types)
{
    workspace::EventFilter filter;
    filter.types = 0;
    for (const schema::EventType type : types)
        filter.types |= 1U << static_cast<unsigned>(type);
    focus().setFilter(filter);
    settle();
}

inline QString MapFixture::write(const char *name, const std::string &bytes) const
{
    QFile file(m_folder.filePath(QString::fromLatin1(name)));
    [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
    file.write(bytes.data(), qsizetype(bytes.size()));
    return file.fileName();
}

} // namespace chrona::ui::test
