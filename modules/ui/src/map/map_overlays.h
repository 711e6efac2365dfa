// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map_furniture.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <vector>

class QFrame;
class QLabel;
class QPushButton;
class QToolButton;

namespace chrona::ui {

class MapView;

/// Says over the map why it shows nothing, or why what it shows may be old.
struct MapNotice {
    enum class Kind { None, Loading, Empty, Stale, Error };
    Kind kind = Kind::None;
    QString title, detail, actionText;
    std::function<void()> action;
};

/// The widgets that lie on the map: legend, scale and attribution, zoom buttons, the card of what
/// is under the pointer, and the notice. Children of the view; UI thread only.
class MapOverlays : public QObject {
    Q_OBJECT
public:
    MapOverlays(MapView &view, const Theme &theme);

    void arrange();
    void setLegend(MapLegend legend);
    void setLegendVisible(bool visible);
    [[nodiscard]] const MapLegend &legend() const { return m_legend; }
    void setCamera(const MapCamera &camera);
    /// Who made the tiles that are shown, and why some are not.
    void setTiles(const QString &credit, const QString &problem);
    void setNotice(MapNotice notice);
    [[nodiscard]] MapNotice::Kind noticeKind() const { return m_notice.kind; }
    void showCard(QPointF at, const QString &title, const QString &detail);
    void hideCard();
    /// Where labels would be hidden.
    [[nodiscard]] std::vector<QRectF> covered() const;

private:
    class Legend;
    class Footer;
    void makeButtons();
    void makeNotice();

    MapView &m_view;
    const Theme &m_theme;
    MapLegend m_legend;
    MapNotice m_notice;
    QString m_tilesCredit;
    MapCamera m_camera;
    bool m_isLegendWanted = true;
    Legend *m_legendWidget;
    Footer *m_footer;
    QFrame *m_buttons;
    QFrame *m_noticeFrame;
    QLabel *m_noticeTitle, *m_noticeDetail;
    QPushButton *m_noticeButton;
    QFrame *m_card;
    QLabel *m_cardTitle, *m_cardDetail;
    QLabel *m_tilesProblem;
};

} // namespace chrona::ui
