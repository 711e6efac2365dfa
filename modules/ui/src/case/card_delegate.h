// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include <QStyledItemDelegate>

#include <vector>

namespace chrona::workspace {
class Investigations;
}
namespace chrona::schema {
struct CaseItem;
enum class Bearing : std::uint8_t;
} // namespace chrona::schema

namespace chrona::ui {

class CaseItemsModel;
class Theme;

/// Notes and hypotheses as cards of the board: what they say, and what speaks for and against.
class CardDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    CardDelegate(const Theme &theme, workspace::Investigations &book, const CaseItemsModel &model,
                 QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    /// As high as what they say: a board shows as many as fit.
    [[nodiscard]] int noteHeight(const schema::CaseItem &note, int width) const;
    [[nodiscard]] int claimHeight(const schema::CaseItem &claim, int width) const;
    [[nodiscard]] int titleLines(const schema::CaseItem &claim, int width) const;
    [[nodiscard]] std::vector<const schema::CaseItem *> evidence(const schema::CaseItem &claim,
                                                                 schema::Bearing bearing) const;
    void paintNote(QPainter &painter, const QRect &box, const schema::CaseItem &note) const;
    void paintHypothesis(QPainter &painter, const QRect &box, const schema::CaseItem &claim) const;
    void paintConfidence(QPainter &painter, const QRect &box, float confidence) const;
    void paintEvidence(QPainter &painter, const QRect &box, const schema::CaseItem &claim,
                       schema::Bearing bearing) const;
    void paintMeta(QPainter &painter, const QRect &box, const schema::CaseItem &item) const;

    const Theme &m_theme;
    workspace::Investigations &m_book;
    const CaseItemsModel &m_model;
};

} // namespace chrona::ui
