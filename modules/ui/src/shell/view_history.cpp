// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/view_history.h"

#include <QApplication>
#include <QEvent>
#include <QUndoCommand>
#include <QUndoStack>

#include <utility>

namespace chrona::ui {

class ViewCommand final : public QUndoCommand {
public:
    ViewCommand(ViewHistory &history, std::size_t view, ViewHistory::State before,
                ViewHistory::State after)
        : QUndoCommand(history.m_views[view].text), m_history(&history), m_view(view),
          m_before(std::move(before)), m_after(std::move(after))
    {
    }
    [[nodiscard]] int id() const override { return 2; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *later = static_cast<const ViewCommand *>(other);
        if (later->m_history != m_history || later->m_view != m_view)
            return false;
        m_after = later->m_after;
        return true;
    }
    void undo() override { put(m_before); }
    void redo() override
    {
        if (std::exchange(m_wasMade, true))
            put(m_after);
    }

private:
    void put(const ViewHistory::State &state)
    {
        if (m_history)
            m_history->apply(m_view, state);
    }

    QPointer<ViewHistory> m_history;
    std::size_t m_view;
    ViewHistory::State m_before, m_after;
    bool m_wasMade = false;
};

ViewHistory::ViewHistory(QUndoStack &undo, QObject *parent) : QObject(parent), m_undo(undo)
{
}

void ViewHistory::add(View view)
{
    watch(*view.widget);
    m_views.push_back(std::move(view));
}

void ViewHistory::move(const QWidget *widget, const std::function<void()> &command)
{
    settle();
    for (std::size_t view = 0; view < m_views.size(); ++view) {
        if (m_views[view].widget != widget)
            continue;
        const State before = m_views[view].state();
        command();
        return record(view, before);
    }
    command();
}

void ViewHistory::moved(const QWidget *widget, const State &before)
{
    settle();
    for (std::size_t view = 0; view < m_views.size(); ++view)
        if (m_views[view].widget == widget)
            record(view, before);
}

/// Input comes to the parts of a view, also to those that are made later.
void ViewHistory::watch(QObject &widget)
{
    widget.installEventFilter(this);
    for (QObject *part : widget.children())
        if (part->isWidgetType())
            watch(*part);
}

bool ViewHistory::eventFilter(QObject *watched, QEvent *event)
{
    ++m_eventsSeen;
    switch (event->type()) {
    case QEvent::ChildAdded:
        if (QObject *part = static_cast<QChildEvent *>(event)->child(); part->isWidgetType())
            watch(*part);
        break;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::KeyPress:
    case QEvent::Wheel:
    case QEvent::NativeGesture:
        if (auto *widget = qobject_cast<QWidget *>(watched))
            begin(*widget);
        break;
    case QEvent::MouseButtonRelease:
    case QEvent::ContextMenu: // the menu takes the release
    case QEvent::Enter:
        // The view answers to the event first.
        QMetaObject::invokeMethod(this, &ViewHistory::settle, Qt::QueuedConnection);
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void ViewHistory::begin(QWidget &under)
{
    for (std::size_t view = 0; view < m_views.size(); ++view) {
        QWidget *widget = m_views[view].widget;
        if (!widget || (widget != &under && !widget->isAncestorOf(&under)))
            continue;
        if (!m_gesture || m_gesture->view != view) {
            settle();
            m_gesture = {view, m_views[view].state()};
        }
        if (QApplication::mouseButtons() == Qt::NoButton)
            QMetaObject::invokeMethod(this, &ViewHistory::settle, Qt::QueuedConnection);
        return;
    }
}

/// What has moved since the gesture began.
void ViewHistory::settle()
{
    if (QApplication::mouseButtons() != Qt::NoButton)
        return; // a drag is under way
    if (const auto gesture = std::exchange(m_gesture, std::nullopt))
        record(gesture->view, gesture->before);
}

void ViewHistory::record(std::size_t view, const State &before)
{
    if (!m_views[view].widget)
        return;
    State after = m_views[view].state();
    if (after != before)
        m_undo.push(new ViewCommand(*this, view, before, std::move(after)));
}

void ViewHistory::apply(std::size_t view, const State &state)
{
    m_gesture.reset(); // the key that undoes is no move
    if (m_views[view].widget)
        m_views[view].apply(state);
}

} // namespace chrona::ui
