// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QUndoCommand>

#include <functional>
#include <utility>

namespace chrona::ui {

/// A choice of one view as a step that can be undone: how rows are grouped, in what lanes time is
/// shown. Pushed after it was made; it does nothing any more once the view is gone. UI thread only.
template <class View, class Value> class ChoiceStep final : public QUndoCommand {
public:
    using Choose = void (View::*)(Value);

    ChoiceStep(const QString &text, View &view, Choose choose, Value before, Value after)
        : QUndoCommand(text), m_view(&view), m_choose(choose), m_before(std::move(before)),
          m_after(std::move(after))
    {
    }
    void undo() override { put(m_before); }
    void redo() override
    {
        if (std::exchange(m_wasMade, true))
            put(m_after);
    }

private:
    void put(const Value &value)
    {
        if (m_view)
            (m_view->*m_choose)(value);
    }

    QPointer<View> m_view;
    Choose m_choose;
    Value m_before, m_after;
    bool m_wasMade = false;
};

} // namespace chrona::ui
