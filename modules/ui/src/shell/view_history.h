// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QUndoStack;

namespace chrona::ui {

/// Turns moves of a view (the camera of map and graph, the stretch that the timeline shows) into
/// steps on the undo stack, where a person makes them with pointer, wheel or keys in that view:
/// what the program moves is none. Moves of one view with nothing in between are one step, so that
/// one undo goes back to where one looked from (docs/adr/0122). UI thread only. The stack must
/// outlive it. Events of other widgets are not looked at.
class ViewHistory final : public QObject {
    Q_OBJECT
public:
    /// How a view stands, and how it is put back. Equal states look the same.
    using State = QList<double>;
    struct View {
        QPointer<QWidget> widget;
        QString text; ///< of the step
        std::function<State()> state;
        std::function<void(const State &)> apply;
    };

    ViewHistory(QUndoStack &undo, QObject *parent);

    void add(View view);
    /// A command that moves the view, as a step.
    void move(const QWidget *widget, const std::function<void()> &command);
    /// Something beside the view, such as a menu, has moved it from this state.
    void moved(const QWidget *widget, const State &before);
    [[nodiscard]] quint64 eventsSeen() const { return m_eventsSeen; }

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    friend class ViewCommand;

    void watch(QObject &widget);
    void begin(QWidget &under);
    void settle();
    void record(std::size_t view, const State &before);
    void apply(std::size_t view, const State &state);

    QUndoStack &m_undo;
    std::vector<View> m_views;
    struct Gesture {
        std::size_t view = 0;
        State before;
    };
    std::optional<Gesture> m_gesture; ///< under way: what it began from
    quint64 m_eventsSeen = 0;
};

} // namespace chrona::ui
