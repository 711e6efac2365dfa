// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/focus.h"

#include <QAbstractListModel>

#include <functional>
#include <optional>

namespace chrona::ui {

class Theme;

/// The layers of the map from the topmost to the lowest, then what lies over and below them all.
/// Every change goes through Focus, so it can be undone. UI thread only.
class MapLayersModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Part : std::uint8_t {
        Theme,
        Stories,
        Areas,
        Labels,
        Track,
        Values,
        Tiles,
        Boundaries,
    };
    enum Role : int { PartRole = Qt::UserRole, ColorRole, NoteRole };

    MapLayersModel(workspace::Focus &focus, const Theme &theme, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    [[nodiscard]] Part partOf(int row) const;
    /// nullopt for what is no theme.
    [[nodiscard]] std::optional<workspace::MapTheme> themeOf(int row) const;
    [[nodiscard]] int rowOf(workspace::MapTheme theme) const;

    void toggle(int row);
    /// Towards the top; the row it is in afterwards.
    int move(int row, int steps);
    /// Changes one layer; nothing for what is no theme.
    void change(int row, const std::function<void(workspace::MapLayer &)> &edit);
    void change(const std::function<void(workspace::MapLayers &)> &edit);

private:
    [[nodiscard]] bool isShown(int row) const;
    [[nodiscard]] QString nameOf(int row) const;
    [[nodiscard]] QString noteOf(int row) const;

    workspace::Focus &m_focus;
    const Theme &m_theme;
};

} // namespace chrona::ui
