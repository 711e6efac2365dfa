// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QFrame>

#include <vector>

class QLabel;
class QListView;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class Theme;

/// Events by id: what each is, when, and its title once the service has told it. UI thread only.
class MapListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    MapListModel(workspace::Session &session, QObject *parent);

    void setEvents(std::vector<qint64> events);
    [[nodiscard]] qint64 eventAt(int row) const { return m_events[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    workspace::Session &m_session;
    std::vector<qint64> m_events;
};

/// The map as a list, for those who do not see it or want the whole of it: what is in view, or
/// what is new in an area. Choosing a line selects the event in every view.
class MapList final : public QFrame {
    Q_OBJECT
public:
    MapList(workspace::Session &session, const Theme &theme, QWidget *parent);

    void show(const QString &title, std::vector<qint64> events);
    [[nodiscard]] MapListModel &model() { return *m_model; }
    [[nodiscard]] QString title() const;
    void takeFocus();

Q_SIGNALS:
    void chosen(qint64 event);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    MapListModel *m_model;
    QLabel *m_title;
    QListView *m_list;
};

} // namespace chrona::ui
