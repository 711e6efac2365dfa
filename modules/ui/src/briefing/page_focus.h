// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "briefing/pages_view.h"

#include <QObject>

namespace chrona::workspace {
class Focus;
}

namespace chrona::ui {

/// Ties the figures of a briefing to what is looked at: a stretch of time that is brushed becomes
/// the window, a bar the target, a mark on a map the selection; and what is looked at is marked on
/// the figures. Focus keeps the undo steps. UI thread only; both must outlive it.
class PageFocus final : public QObject {
    Q_OBJECT
public:
    PageFocus(PagesView &view, workspace::Focus &focus, QObject *parent);

private:
    void press(const report::PlacedPlot &plot, std::size_t box);
    void showFocus();

    PagesView &m_view;
    workspace::Focus &m_focus;
};

/// Which boxes of a figure stand for what is looked at, and which stretch of its time is.
[[nodiscard]] FigureMarks marksOf(const report::PlacedPlot &plot, const schema::Briefing &briefing,
                                  const workspace::Focus &focus);

} // namespace chrona::ui
