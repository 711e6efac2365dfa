// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "session_fixture.h"

#include "graph/graph_pane.h"

#include <algorithm>

namespace chrona::ui::test {

using graph::NodeIndex;
using namespace Qt::StringLiterals;

/// The pane in a window of its own, against the sample world behind a real socket.
struct GraphFixture : SessionFixture {
    [[nodiscard]] workspace::GraphModel &model() const { return m_pane->model(); }
    [[nodiscard]] GraphView &view() const { return m_pane->view(); }
    void open();
    /// As it was opened.
    void reset();
    void close();
    void settle();
    [[nodiscard]] QPoint placeOf(NodeIndex node) const { return view().placeOf(node).toPoint(); }
    /// The node with most events whose middle no other node covers.
    [[nodiscard]] NodeIndex openNode(NodeIndex besides = ~0U) const;
    [[nodiscard]] qsizetype drawn() const;
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(&view(), Qt::LeftButton, modifiers, at);
    }

    std::unique_ptr<GraphPane> m_pane;
};

inline void GraphFixture::open()
{
    prepare(5'000);
    m_pane = std::make_unique<GraphPane>(*m_session, *m_theme, nullptr);
    m_pane->resize(1200, 800);
    m_pane->setVisible(true);
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get(), 60'000));
    openSession();
    QTRY_VERIFY_WITH_TIMEOUT(model().state().size() > 0, 30'000);
    settle();
}

inline void GraphFixture::reset()
{
    m_session->undoStack().clear();
    m_session->focus().clearSelection();
    m_session->focus().setWindow({Instant(), *parseInstant("2100-01-01")});
    settle();
    view().keepFitting();
    view().fit();
    settle();
}

inline void GraphFixture::close()
{
    m_pane.reset();
    closeSession();
}

inline void GraphFixture::settle()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->isSettled(), 30'000);
}

inline NodeIndex GraphFixture::openNode(NodeIndex besides) const
{
    const workspace::GraphState &state = model().state();
    std::optional<NodeIndex> best;
    for (NodeIndex node = 0; node < state.size(); ++node) {
        const bool isOpen = state.isDrawn(node) && node != besides &&
                            view().rect().adjusted(40, 40, -40, -140).contains(placeOf(node)) &&
                            view().nodeAt(placeOf(node)) == node;
        if (isOpen &&
            (!best || state.facts->nodes[node].evidence > state.facts->nodes[*best].evidence))
            best = node;
    }
    return best.value_or(0);
}

inline qsizetype GraphFixture::drawn() const
{
    qsizetype count = 0;
    for (NodeIndex node = 0; node < model().state().size(); ++node)
        count += model().state().isDrawn(node);
    return count;
}

} // namespace chrona::ui::test
