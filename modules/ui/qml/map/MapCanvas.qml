// SPDX-License-Identifier: AGPL-3.0-or-later
// Qt Location's Map, with nothing of its own to draw, holds the camera and takes the gestures; what
// is seen is the MapSurface below it.
import QtQuick
import QtLocation
import QtPositioning
import Chrona.Map

Item {
    id: root

    property color focusColor: "white"
    property color accentColor: "white"
    property alias map: map
    property alias surface: surface

    signal hovered(real x, real y)
    signal pointerGone()
    signal tapped(real x, real y, int modifiers)
    signal boxDrawn(real x, real y, real width, real height, int modifiers)

    component Tap: TapHandler {
        acceptedButtons: Qt.LeftButton
        onSingleTapped: (point) => root.tapped(point.position.x, point.position.y,
                                               acceptedModifiers)
        onDoubleTapped: (point) => root.zoomAt(point.position, 1)
    }

    component BoxDrag: DragHandler {
        property point from
        target: null
        onActiveChanged: {
            if (active) {
                from = centroid.pressPosition
                return
            }
            if (box.visible)
                root.boxDrawn(box.x, box.y, box.width, box.height, acceptedModifiers)
            box.visible = false
        }
        onCentroidChanged: {
            if (!active)
                return
            box.x = Math.min(from.x, centroid.position.x)
            box.y = Math.min(from.y, centroid.position.y)
            box.width = Math.abs(centroid.position.x - from.x)
            box.height = Math.abs(centroid.position.y - from.y)
            box.visible = true
        }
    }

    function showHover(x, y, radius) {
        hoverRing.width = 2 * radius
        hoverRing.x = x - radius
        hoverRing.y = y - radius
        hoverRing.visible = true
    }
    function hideHover() { hoverRing.visible = false }

    function zoomAt(point, step) {
        const place = map.toCoordinate(point, false)
        map.zoomLevel = Math.max(map.minimumZoomLevel,
                                 Math.min(map.maximumZoomLevel, map.zoomLevel + step))
        map.alignCoordinateToPoint(place, point)
    }

    MapSurface {
        id: surface
        anchors.fill: parent
    }

    Map {
        id: map
        anchors.fill: parent
        plugin: Plugin { name: "itemsoverlay" }
        color: "transparent"
        copyrightsVisible: false
        maximumZoomLevel: 18 // a pixel is half a metre; places of events are known to one or two
        center: QtPositioning.coordinate(24, 10)
        zoomLevel: 2
    }

    DragHandler {
        target: null
        acceptedModifiers: Qt.NoModifier
        grabPermissions: PointerHandler.TakeOverForbidden
        onTranslationChanged: (delta) => map.pan(-delta.x, -delta.y)
    }

    // Shift draws a box to select; with Ctrl as well it becomes the filter.
    BoxDrag { acceptedModifiers: Qt.ShiftModifier }
    BoxDrag { acceptedModifiers: Qt.ShiftModifier | Qt.ControlModifier }

    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: (event) => root.zoomAt(Qt.point(event.x, event.y), event.angleDelta.y / 120 * 0.4)
    }

    PinchHandler {
        property var place
        target: null
        onActiveChanged: if (active) place = map.toCoordinate(centroid.position, false)
        onScaleChanged: (delta) => {
            map.zoomLevel += Math.log2(delta)
            map.alignCoordinateToPoint(place, centroid.position)
        }
    }

    Tap { acceptedModifiers: Qt.NoModifier }
    Tap { acceptedModifiers: Qt.ControlModifier }

    HoverHandler {
        onPointChanged: if (hovered) root.hovered(point.position.x, point.position.y)
        onHoveredChanged: if (!hovered) root.pointerGone()
    }

    Rectangle {
        id: hoverRing
        visible: false
        height: width
        radius: width / 2
        color: "transparent"
        border.color: root.focusColor
        border.width: 1.5
    }

    Rectangle {
        id: box
        visible: false
        color: Qt.alpha(root.focusColor, 0.10)
        border.color: root.focusColor
        border.width: 1
    }
}
