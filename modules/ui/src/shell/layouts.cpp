// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/layouts.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QMouseEvent>
#include <QPointer>
#include <QSettings>
#include <QUndoCommand>
#include <QUndoStack>

#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// Grows when docks are added or renamed: an older state would lose them.
constexpr int kStateVersion = 4;

/// Long enough that a drag is written once, short enough that little is lost.
constexpr std::chrono::milliseconds kSavePause{1'000};

constexpr int kLaterHeight = 132; ///< as the timeline has in all perspectives

QString layoutKey(const QString &name)
{
    // Names are free text; a key must not contain the separator.
    return u"layouts/"_s + QString::fromLatin1(name.toUtf8().toHex());
}

/// Beside the states: a key that holds a value cannot hold others as well.
QString laterKey(const QString &perspective)
{
    return u"window/later-"_s + perspective;
}

/// By a header docks are dragged; what the window itself gets of the pointer are its separators.
bool isGrip(const QObject *watched, const QPoint &at)
{
    const auto *dock = qobject_cast<const QDockWidget *>(watched);
    return !dock || (dock->titleBarWidget() && dock->titleBarWidget()->geometry().contains(at));
}

} // namespace

class LayoutCommand final : public QUndoCommand {
public:
    LayoutCommand(Layouts &layouts, const QString &text, Layouts::Arrangement before,
                  Layouts::Arrangement after) :
        QUndoCommand(text), m_layouts(layouts), m_before(std::move(before)),
        m_after(std::move(after))
    {
    }
    void undo() override { m_layouts.apply(m_before); }
    void redo() override
    {
        // The first redo is the change itself, which has happened.
        if (m_done)
            m_layouts.apply(m_after);
        m_done = true;
    }

private:
    Layouts &m_layouts;
    Layouts::Arrangement m_before;
    Layouts::Arrangement m_after;
    bool m_done = false;
};

Layouts::Layouts(QMainWindow &window, QSettings &settings, QUndoStack &undo, QObject *parent) :
    QObject(parent), m_window(window), m_settings(settings), m_undo(undo)
{
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(kSavePause);
    connect(&m_saveTimer, &QTimer::timeout, this, &Layouts::saveSession);
}

void Layouts::watch(QWidget &dockOrWindow)
{
    dockOrWindow.installEventFilter(this);
}

bool Layouts::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide: saveSoon(); break;
    case QEvent::MouseButtonPress:
        m_isGripped = isGrip(watched, static_cast<QMouseEvent *>(event)->position().toPoint());
        break;
    case QEvent::MouseButtonRelease: // then Qt puts it in its place
        if (std::exchange(m_isGripped, false))
            QMetaObject::invokeMethod(this, &Layouts::settleByHand, Qt::QueuedConnection);
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void Layouts::saveSoon()
{
    if (!m_current.isEmpty() && !m_saveTimer.isActive())
        m_saveTimer.start();
}

void Layouts::settleByHand()
{
    if (m_current.isEmpty())
        return;
    Arrangement now = capture();
    const bool isSameWindow = m_settledSize == m_window.size();
    const bool isByHand = isSameWindow && now.perspective == m_settled.perspective &&
                          now.state != m_settled.state && !m_settled.state.isEmpty();
    if (isByHand) {
        Arrangement before = m_settled;
        before.content = now.content; // the map's layers have steps of their own
        m_undo.push(new LayoutCommand(*this, tr("Arrange views"), std::move(before), now));
    }
    settle(std::move(now));
}

void Layouts::settle(Arrangement arrangement)
{
    m_settled = std::move(arrangement);
    m_settledSize = m_window.size();
    saveSoon();
}

void Layouts::addPerspective(Perspective perspective)
{
    m_perspectives.append(std::move(perspective));
}

void Layouts::setContent(std::function<QByteArray()> capture,
                         std::function<void(const QByteArray &)> apply)
{
    m_captureContent = std::move(capture);
    m_applyContent = std::move(apply);
}

const Perspective *Layouts::find(const QString &id) const
{
    for (const Perspective &perspective : m_perspectives) {
        if (perspective.id == id)
            return &perspective;
    }
    return nullptr;
}

void Layouts::noteBareWindow()
{
    m_bare = m_window.saveState(kStateVersion);
}

void Layouts::clear()
{
    for (auto *dock : m_window.findChildren<QDockWidget *>(Qt::FindDirectChildrenOnly)) {
        dock->setFloating(false);
        dock->hide();
        m_window.removeDockWidget(dock);
    }
    m_window.restoreState(m_bare, kStateVersion);
}

bool Layouts::putBack(const QByteArray &state)
{
    const QByteArray before = m_window.saveState(kStateVersion);
    const QPointer<QWidget> focused = m_window.focusWidget();
    m_window.setUpdatesEnabled(false);
    clear();
    const bool isPut = m_window.restoreState(state, kStateVersion);
    if (!isPut)
        m_window.restoreState(before, kStateVersion);
    m_window.setUpdatesEnabled(true);
    if (focused && focused->isVisible())
        focused->setFocus();
    return isPut;
}

Layouts::Arrangement Layouts::capture() const
{
    return {m_current, m_window.saveState(kStateVersion),
            m_captureContent ? m_captureContent() : QByteArray()};
}

void Layouts::apply(const Arrangement &arrangement)
{
    putBack(arrangement.state);
    if (m_applyContent && !arrangement.content.isEmpty())
        m_applyContent(arrangement.content);
    const bool isOther = m_current != arrangement.perspective;
    m_current = arrangement.perspective;
    settle(capture());
    if (isOther)
        Q_EMIT currentChanged(m_current);
}

void Layouts::change(const QString &text, const std::function<void()> &run)
{
    const Arrangement before = capture();
    run();
    const Arrangement after = capture();
    if (before != after)
        m_undo.push(new LayoutCommand(*this, text, before, after));
    settle(after);
}

void Layouts::enter(const QString &id)
{
    const Perspective *perspective = find(id);
    if (!perspective)
        return;
    if (!m_current.isEmpty())
        m_left[m_current] = m_window.saveState(kStateVersion);
    const auto left = m_left.constFind(id);
    if (left == m_left.cend() || !putBack(*left))
        perspective->arrange();
    else if (m_leftBefore.contains(id))
        addLater(*perspective);
    m_leftBefore.remove(id);
    m_current = id;
    Q_EMIT currentChanged(id);
}

void Layouts::addLater(const Perspective &perspective)
{
    auto *dock = m_window.findChild<QDockWidget *>(perspective.later, Qt::FindDirectChildrenOnly);
    if (!dock || !dock->isHidden())
        return;
    m_window.addDockWidget(Qt::BottomDockWidgetArea, dock, Qt::Vertical);
    dock->show();
    m_window.resizeDocks({dock}, {kLaterHeight}, Qt::Vertical);
}

void Layouts::showPerspective(const QString &id)
{
    const Perspective *perspective = find(id);
    if (perspective && id != m_current)
        change(tr("Show %1").arg(perspective->name), [this, id] { enter(id); });
}

void Layouts::resetPerspective()
{
    if (const Perspective *perspective = find(m_current))
        change(tr("Reset the layout"), perspective->arrange);
}

void Layouts::restoreSession()
{
    for (const Perspective &perspective : std::as_const(m_perspectives)) {
        const QByteArray state =
            m_settings.value(u"perspectives/"_s + perspective.id).toByteArray();
        if (state.isEmpty())
            continue;
        m_left[perspective.id] = state;
        if (m_settings.value(laterKey(perspective.id)).toString() != perspective.later)
            m_leftBefore.insert(perspective.id);
    }
    if (m_applyContent)
        m_applyContent(m_settings.value(u"window/content"_s).toByteArray());
    m_window.restoreGeometry(m_settings.value(u"window/geometry"_s).toByteArray());
    const QString last = m_settings.value(u"window/perspective"_s).toString();
    enter(find(last) ? last : m_perspectives.first().id);
    settle(capture());
}

void Layouts::saveSession()
{
    m_left[m_current] = m_window.saveState(kStateVersion);
    for (const auto &[id, state] : m_left.asKeyValueRange())
        m_settings.setValue(u"perspectives/"_s + id, state);
    for (const Perspective &perspective : std::as_const(m_perspectives))
        if (!perspective.later.isEmpty() && m_left.contains(perspective.id) &&
            !m_leftBefore.contains(perspective.id))
            m_settings.setValue(laterKey(perspective.id), perspective.later);
    if (m_captureContent)
        m_settings.setValue(u"window/content"_s, m_captureContent());
    m_settings.setValue(u"window/geometry"_s, m_window.saveGeometry());
    m_settings.setValue(u"window/perspective"_s, m_current);
    m_settings.sync();
}

QStringList Layouts::names() const
{
    QStringList names;
    m_settings.beginGroup(u"layouts"_s);
    for (const QString &key : m_settings.childGroups())
        names += QString::fromUtf8(QByteArray::fromHex(key.toLatin1()));
    m_settings.endGroup();
    names.sort(Qt::CaseInsensitive);
    return names;
}

void Layouts::saveAs(const QString &name)
{
    if (name.isEmpty())
        return;
    const Arrangement now = capture();
    m_settings.setValue(layoutKey(name) + u"/perspective"_s, now.perspective);
    m_settings.setValue(layoutKey(name) + u"/state"_s, now.state);
    m_settings.setValue(layoutKey(name) + u"/content"_s, now.content);
    Q_EMIT namesChanged();
}

bool Layouts::restore(const QString &name)
{
    const QByteArray state = m_settings.value(layoutKey(name) + u"/state"_s).toByteArray();
    if (state.isEmpty())
        return false;
    const QString perspective = m_settings.value(layoutKey(name) + u"/perspective"_s).toString();
    change(tr("Layout %1").arg(name), [&] {
        apply({find(perspective) ? perspective : m_current, state,
               m_settings.value(layoutKey(name) + u"/content"_s).toByteArray()});
    });
    return true;
}

void Layouts::remove(const QString &name)
{
    m_settings.remove(layoutKey(name));
    Q_EMIT namesChanged();
}

} // namespace chrona::ui
