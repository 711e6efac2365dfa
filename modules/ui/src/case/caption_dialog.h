// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"

#include <QDialog>

class QLineEdit;

namespace chrona::ui {

/// Why something is pinned, or what an investigation is about, in a few words and tags: what a
/// person may write about an item that has no editor of its own. UI thread only.
class CaptionDialog final : public QDialog {
    Q_OBJECT
public:
    CaptionDialog(schema::CaseItem item, QWidget *parent);
    /// As it was written.
    [[nodiscard]] schema::CaseItem item() const;

private:
    schema::CaseItem m_item;
    QLineEdit *m_caption;
    QLineEdit *m_tags;
};

/// "a, b" as tags: each once, sorted, none too long.
[[nodiscard]] std::vector<std::string> tagsFrom(const QString &line);
[[nodiscard]] QString tagsText(const std::vector<std::string> &tags);

} // namespace chrona::ui
