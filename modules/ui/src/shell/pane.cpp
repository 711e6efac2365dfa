// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/pane.h"

#include "shell/state_view.h"

#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

Pane::Pane(const Theme &theme, QWidget *parent) :
    QWidget(parent), m_theme(theme), m_stack(new QStackedLayout(this)),
    m_stateView(new StateView(theme, this))
{
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_stateView);
    m_stateView->showLoading(tr("Loading…"));
}

void Pane::setContent(QWidget *content)
{
    Q_ASSERT(!m_content);
    m_content = content;
    m_stack->addWidget(content);
    setFocusProxy(content);
}

void Pane::show(State state)
{
    m_stack->setCurrentWidget(state == State::Ready ? m_content : m_stateView);
    // Focus that is led to what is hidden goes nowhere: the Tab key would stand still before it.
    if (state == State::Ready && focusProxy() == m_stateView)
        setFocusProxy(m_readyProxy ? m_readyProxy.data() : m_content);
    else if (state != State::Ready && focusProxy() != m_stateView) {
        m_readyProxy = focusProxy();
        setFocusProxy(m_stateView);
    }
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void Pane::setReady()
{
    show(State::Ready);
}

void Pane::setLoading(const QString &what)
{
    m_stateView->showLoading(what);
    show(State::Loading);
}

void Pane::setEmpty(PaneMessage message)
{
    m_stateView->showMessage(message, u"empty"_s, tr("Empty"));
    show(State::Empty);
}

void Pane::setError(PaneMessage message)
{
    m_stateView->showMessage(message, u"error"_s, tr("Error"));
    show(State::Error);
}

void Pane::setStaleSince(std::optional<qint64> sinceMs)
{
    if (m_staleSinceMs == sinceMs)
        return;
    m_staleSinceMs = sinceMs;
    Q_EMIT headerChanged();
}

void Pane::setHeaderNote(const QString &note)
{
    if (m_headerNote == note)
        return;
    m_headerNote = note;
    Q_EMIT headerChanged();
}

void Pane::addHeaderTool(QWidget *tool)
{
    tool->setParent(this);
    tool->hide();
    m_headerTools.append(tool);
}

} // namespace chrona::ui
