// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/focus_history.h"

#include <QApplication>
#include <QEvent>
#include <QUndoCommand>
#include <QUndoStack>

namespace chrona::ui {

class FocusCommand final : public QUndoCommand {
public:
    FocusCommand(FocusHistory &history, const QString &text, FocusState before, FocusState after,
                 quint64 gesture) :
        QUndoCommand(text), m_history(history), m_before(std::move(before)),
        m_after(std::move(after)), m_gesture(gesture)
    {
    }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *later = static_cast<const FocusCommand *>(other);
        if (later->m_gesture != m_gesture || later->text() != text())
            return false;
        m_after = later->m_after;
        return true;
    }
    void undo() override { m_history.apply(m_before); }
    void redo() override
    {
        if (m_done)
            m_history.apply(m_after);
        m_done = true;
    }

private:
    FocusHistory &m_history;
    FocusState m_before;
    FocusState m_after;
    quint64 m_gesture;
    bool m_done = false;
};

FocusHistory::FocusHistory(workspace::Focus &focus, const workspace::EventStore &store,
                           QUndoStack &undo, QObject *parent) :
    QObject(parent), m_focus(focus), m_undo(undo), m_last(capture())
{
    using workspace::Focus;
    connect(&focus, &Focus::windowChanged, this, [this] { record(tr("Time window")); });
    connect(&focus, &Focus::filterChanged, this, [this] { record(tr("Filter")); });
    connect(&focus, &Focus::selectionChanged, this, [this] { record(tr("Selection")); });
    connect(&focus, &Focus::asOfChanged, this, [this] { record(tr("As-of time")); });
    connect(&focus, &Focus::layersChanged, this, [this] { record(tr("Map layers")); });
    connect(&focus, &Focus::targetChanged, this, [this] { record(tr("Target")); });
    connect(&store, &workspace::EventStore::snapshotChanged, this, [this] {
        m_isDataArriving = true;
        QMetaObject::invokeMethod(this, [this] { m_isDataArriving = false; }, Qt::QueuedConnection);
    });
    qApp->installEventFilter(this);
}

bool FocusHistory::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::KeyPress:
    case QEvent::Wheel:
        ++m_gesture;
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

FocusState FocusHistory::capture() const
{
    return {m_focus.window(), m_focus.filter(), m_focus.selection(), m_focus.selectedEvent(),
            m_focus.asOf(), m_focus.target(), m_focus.layers()};
}

void FocusHistory::apply(const FocusState &state)
{
    m_isApplying = true;
    m_focus.setAsOf(state.asOf);
    m_focus.setFilter(state.filter);
    m_focus.setWindow(state.window);
    m_focus.select(state.selection, state.current);
    m_focus.setTarget(state.target);
    m_focus.setLayers(state.layers);
    m_isApplying = false;
    m_last = capture();
}

void FocusHistory::record(const QString &text)
{
    if (m_isApplying)
        return;
    FocusState now = capture();
    if (now == m_last)
        return;
    if (!m_isDataArriving)
        m_undo.push(new FocusCommand(*this, text, m_last, now, m_gesture));
    m_last = std::move(now);
}

} // namespace chrona::ui
