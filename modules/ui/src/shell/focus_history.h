// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_store.h"
#include "chrona/workspace/focus.h"

#include <QObject>
#include <QSet>

#include <optional>

class QUndoStack;

namespace chrona::ui {

/// What one undo step of looking brings back.
struct FocusState {
    workspace::TimeWindow window;
    workspace::EventFilter filter;
    QSet<qint64> selection;
    qint64 current = 0;
    std::optional<Instant> asOf;
    QString target;
    workspace::MapLayers layers;
    friend bool operator==(const FocusState &, const FocusState &) = default;
};

/// Turns every change of Focus, whichever view made it, into a step on the undo stack. What happens
/// between one press of a key or button and the next is one step: a drag of the brush, a playback.
/// UI thread only. Focus and the stack must outlive it.
class FocusHistory final : public QObject {
    Q_OBJECT
public:
    FocusHistory(workspace::Focus &focus, const workspace::EventStore &store, QUndoStack &undo,
                 QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    friend class FocusCommand;

    [[nodiscard]] FocusState capture() const;
    void apply(const FocusState &state);
    void record(const QString &text);

    workspace::Focus &m_focus;
    QUndoStack &m_undo;
    FocusState m_last;
    quint64 m_gesture = 0;
    /// Views that answer to new data, as the timeline that goes on showing everything, take no
    /// step.
    bool m_isDataArriving = false;
    bool m_isApplying = false;
};

} // namespace chrona::ui
