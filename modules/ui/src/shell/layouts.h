// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QSize>
#include <QStringList>
#include <QTimer>

#include <functional>

class QMainWindow;
class QSettings;
class QUndoStack;

namespace chrona::ui {

/// A named arrangement of docks that the program brings.
struct Perspective {
    QString id;
    QString name;
    std::function<void()> arrange; ///< puts every dock where it belongs; hides the others
    /// A dock that it was given after it was first released. One that was left before then comes
    /// back as it was left, with this below it, once; whoever hides it then keeps it hidden.
    QString later{};
};

/// Perspectives and the user's own layouts: what is docked where, kept over restarts. A perspective
/// that was rearranged comes back as it was left. Every change through here can be undone. UI
/// thread only. The window, the settings and the undo stack must outlive it.
class Layouts final : public QObject {
    Q_OBJECT
public:
    Layouts(QMainWindow &window, QSettings &settings, QUndoStack &undo, QObject *parent);

    void addPerspective(Perspective perspective);
    /// To be called before any dock is there: clear() brings this back.
    void noteBareWindow();
    /// Takes every dock out. Qt keeps a place for a dock that is taken out, with whether it was
    /// hidden then, saves it and shows the dock there again; and a group of tabs whose docks are
    /// gone keeps its bar on the window. Hence hidden first, and then the places go too. Docks are
    /// to be put in their places before they are shown: a group that grows while it is seen leaves
    /// an empty bar behind.
    void clear();
    /// What a layout holds beside docks: how it is read, and how it is put back.
    void setContent(std::function<QByteArray()> capture,
                    std::function<void(const QByteArray &)> apply);
    [[nodiscard]] const QList<Perspective> &perspectives() const { return m_perspectives; }
    [[nodiscard]] QString current() const { return m_current; }

    /// The window as it was left, or the first perspective.
    void restoreSession();
    void saveSession();
    /// From now on, what becomes of the dock or window by hand is a step that can be undone, and
    /// every change is saved a moment later: a program that is killed comes back as it was.
    void watch(QWidget &dockOrWindow);

    void showPerspective(const QString &id);
    void resetPerspective();

    [[nodiscard]] QStringList names() const;
    void saveAs(const QString &name);
    /// False when there is no such layout.
    bool restore(const QString &name);
    void remove(const QString &name);

    /// Runs a change of docks as one step that can be undone.
    void change(const QString &text, const std::function<void()> &run);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void currentChanged(const QString &perspective);
    void namesChanged();

private:
    friend class LayoutCommand;

    /// What one undo step brings back.
    struct Arrangement {
        QString perspective;
        QByteArray state;
        QByteArray content;
        friend bool operator==(const Arrangement &, const Arrangement &) = default;
    };
    [[nodiscard]] Arrangement capture() const;
    void apply(const Arrangement &arrangement);
    void enter(const QString &id);
    void addLater(const Perspective &perspective);
    void saveSoon();
    void settleByHand();
    void settle(Arrangement arrangement);
    /// False where the state is none of this version: then everything is as it was.
    bool putBack(const QByteArray &state);
    [[nodiscard]] const Perspective *find(const QString &id) const;

    QMainWindow &m_window;
    QSettings &m_settings;
    QUndoStack &m_undo;
    QList<Perspective> m_perspectives;
    QHash<QString, QByteArray> m_left; ///< states of perspectives as they were left
    QSet<QString> m_leftBefore; ///< of these, those that were left before they had their later dock
    QByteArray m_bare; ///< the window's state without docks
    QString m_current;
    Arrangement m_settled;  ///< as it was after the last step
    QSize m_settledSize;    ///< of the window then: docks grow with it
    QTimer m_saveTimer;
    bool m_isGripped = false;
    std::function<QByteArray()> m_captureContent;
    std::function<void(const QByteArray &)> m_applyContent;
};

} // namespace chrona::ui
