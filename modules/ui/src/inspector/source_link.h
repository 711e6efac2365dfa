// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

class QScrollArea;
class QWidget;

namespace chrona::ui {

class FactColumn;
class Theme;

/// The area in which a column of facts stands: as wide as it is, without a frame.
[[nodiscard]] QScrollArea *makeFactArea(const QString &accessibleName, QWidget *parent);

/// A button that opens a source's page, where it has one. `parent` owns the question that is asked.
void addSourceLink(FactColumn &column, const Theme &theme, const QString &address, QWidget *parent);

/// Feeds write these addresses: only the web, and only after the person has seen where it goes.
void openSourceLink(const QString &address, QWidget *parent);

} // namespace chrona::ui
