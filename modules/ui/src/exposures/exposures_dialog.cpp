// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exposures/exposures_dialog.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "exposures/exposure_model.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/names.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUndoStack>
#include <QVBoxLayout>

#include <set>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::ExposureRule;

namespace {

class ExposureDelegate final : public CellDelegate {
public:
    ExposureDelegate(const Theme &theme, const ExposureModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

private:
    [[nodiscard]] Cell cell(const QModelIndex &index) const override
    {
        const ExposureRule &rule = m_model.rule(index.row());
        const bool isNumber = index.column() == ExposureModel::Weight;
        const bool isHint =
            index.column() == ExposureModel::Origin || index.column() == ExposureModel::Why;
        Role role = isHint ? Role::Text2 : Role::Text1;
        if (rule.weight <= 0)
            role = Role::Text3;
        else if (rule.own && index.column() == ExposureModel::Origin)
            role = Role::Accent;
        return {index.data().toString(), m_theme.font(TextSize::Small), m_theme.color(role),
                isNumber ? Qt::AlignRight : Qt::AlignLeft};
    }

    const ExposureModel &m_model;
};

QComboBox *nodeField(const QString &name, const QString &example, QWidget *parent)
{
    auto *field = new QComboBox(parent);
    field->setEditable(true);
    field->setInsertPolicy(QComboBox::NoInsert);
    field->setAccessibleName(name);
    field->lineEdit()->setAccessibleName(name);
    field->lineEdit()->setPlaceholderText(example);
    return field;
}

} // namespace

ExposuresDialog::ExposuresDialog(workspace::ExposureBook &book, workspace::Session &session,
                                 const Theme &theme, QWidget *parent)
    : QDialog(parent), m_book(book), m_session(session), m_model(new ExposureModel(book, this)),
      m_table(new TableView(theme, this)), m_search(new QLineEdit(this)),
      m_from(nodeField(tr("What happens"), u"topic:trade"_s, this)),
      m_to(nodeField(tr("What it moves"), u"instrument:SPY"_s, this)),
      m_weight(new QDoubleSpinBox(this)), m_why(new QLineEdit(this)), m_message(new QLabel(this)),
      m_remove(new QPushButton(tr("Remove"), this)),
      m_restore(new QPushButton(tr("As it ships"), this)), m_save(new QPushButton(tr("Save"), this))
{
    setWindowTitle(tr("Exposures: what moves what"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ExposureDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Exposure rules"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setColumnWidth(ExposureModel::From, 170);
    m_table->setColumnWidth(ExposureModel::To, 160);
    m_table->setColumnWidth(ExposureModel::Weight, 72);
    m_table->setColumnWidth(ExposureModel::Origin, 210);
    m_table->setStretchColumn(ExposureModel::Why, 140);
    m_message->setWordWrap(true);
    m_message->setFont(theme.font(TextSize::Small));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setMinimumHeight(32);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    makeForm();
    makeKeys();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    showRule(current.row());
            });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setSearch(text);
        fill();
    });
    connect(&book, &workspace::ExposureBook::changed, this, &ExposuresDialog::fill);
    connect(&book, &workspace::ExposureBook::refused, this,
            [this](const Error &error) { say(failureText(error).cause); });
    resize(960, 620);
    fill();
    book.refresh();
}

void ExposuresDialog::makeForm()
{
    m_search->setAccessibleName(tr("Search the rules"));
    m_search->setPlaceholderText(tr("Search the rules"));
    m_search->setClearButtonEnabled(true);
    m_weight->setRange(0, 1);
    m_weight->setSingleStep(0.05);
    m_weight->setDecimals(2);
    m_weight->setAccessibleName(tr("Weight"));
    m_weight->findChild<QLineEdit *>()->setAccessibleName(tr("Weight"));
    m_weight->setToolTip(tr("0: it moves nothing; 1: it moves it as a whole"));
    m_why->setAccessibleName(tr("Why"));
    m_why->setMaxLength(300);
    auto *form = new QFormLayout;
    form->addRow(tr("What happens"), m_from);
    form->addRow(tr("What it moves"), m_to);
    form->addRow(tr("Weight"), m_weight);
    form->addRow(tr("Why"), m_why);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    column->addLayout(form);
    column->addWidget(m_message);
    column->addWidget(makeButtons());
}

QWidget *ExposuresDialog::makeButtons()
{
    auto *box = new QWidget(this);
    auto *fresh = new QPushButton(tr("New"), box);
    auto *close = new QPushButton(tr("Close"), box);
    m_save->setProperty("primary", true);
    m_save->setDefault(true);
    m_remove->setToolTip(tr("A rule that ships is switched off (Delete)"));
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    for (QPushButton *button : {fresh, m_remove, m_restore})
        row->addWidget(button);
    row->addStretch(1);
    for (QPushButton *button : {close, m_save})
        row->addWidget(button);
    for (QPushButton *button : {fresh, m_remove, m_restore, close})
        button->setAutoDefault(false);
    connect(fresh, &QPushButton::clicked, this, &ExposuresDialog::begin);
    connect(m_remove, &QPushButton::clicked, this, &ExposuresDialog::remove);
    connect(m_restore, &QPushButton::clicked, this, &ExposuresDialog::restore);
    connect(m_save, &QPushButton::clicked, this, &ExposuresDialog::save);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    return box;
}

void ExposuresDialog::makeKeys()
{
    auto *gone = new QAction(tr("Remove"), m_table);
    gone->setShortcut(QKeySequence::Delete);
    gone->setShortcutContext(Qt::WidgetShortcut);
    connect(gone, &QAction::triggered, this, &ExposuresDialog::remove);
    m_table->addAction(gone);
    connect(m_table, &QAbstractItemView::activated, m_weight,
            [this] { m_weight->setFocus(Qt::ShortcutFocusReason); });
    QUndoStack &steps = m_session.undoStack();
    const auto add = [this](QAction *action, QKeySequence::StandardKey key) {
        action->setShortcuts(key);
        addAction(action);
    };
    add(steps.createUndoAction(this), QKeySequence::Undo);
    add(steps.createRedoAction(this), QKeySequence::Redo);
}

QString ExposuresDialog::message() const
{
    return m_message->text();
}

void ExposuresDialog::say(const QString &text)
{
    m_message->setText(text);
}

const ExposureRule *ExposuresDialog::chosen() const
{
    return m_book.find(m_keptFrom, m_keptTo);
}

/// The fields offer what the rules know; the chosen rule stays chosen.
void ExposuresDialog::fill()
{
    std::set<QString> nodes;
    for (const ExposureRule &rule : m_book.rules())
        for (const std::string &node : {rule.from, rule.to})
            nodes.insert(fromUtf8(node));
    for (QComboBox *field : {m_from, m_to}) {
        const QSignalBlocker quiet(field);
        const QString text = field->currentText();
        field->clear();
        for (const QString &node : nodes)
            field->addItem(node);
        field->setEditText(text);
    }
    int row = m_model->rowOf(m_keptFrom, m_keptTo);
    if (row < 0 && m_keptFrom.empty() && !m_isNew && m_model->rowCount() > 0)
        row = 0;
    if (row >= 0) {
        m_table->selectRow(row);
        showRule(row);
    }
    refreshButtons();
    if (m_book.state() == workspace::ListState::Failed && m_book.problem())
        say(failureText(*m_book.problem()).cause);
}

void ExposuresDialog::showRule(int row)
{
    const ExposureRule &rule = m_model->rule(row);
    if (rule.from != m_keptFrom || rule.to != m_keptTo)
        say({});
    m_isNew = false;
    m_keptFrom = rule.from;
    m_keptTo = rule.to;
    m_from->setEditText(fromUtf8(rule.from));
    m_to->setEditText(fromUtf8(rule.to));
    m_weight->setValue(rule.weight);
    m_why->setText(fromUtf8(rule.why));
    refreshButtons();
}

void ExposuresDialog::refreshButtons()
{
    const ExposureRule *rule = chosen();
    m_remove->setEnabled(rule && (!rule->shipped || rule->weight > 0));
    m_restore->setEnabled(rule && rule->own && rule->shipped);
}

void ExposuresDialog::choose(const QString &from, const QString &to)
{
    const int row = m_model->rowOf(from.toStdString(), to.toStdString());
    if (row >= 0)
        m_table->selectRow(row);
}

void ExposuresDialog::begin()
{
    m_isNew = true;
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    m_keptFrom.clear();
    m_keptTo.clear();
    m_from->setEditText({});
    m_to->setEditText({});
    m_weight->setValue(0.5);
    m_why->clear();
    m_from->setFocus();
    say(tr("Write nodes as topic:oil, country:JP, sector:energy or instrument:SPY."));
    refreshButtons();
}

workspace::ExposureBook::Done ExposuresDialog::tell(const QString &success)
{
    return [this, success](const Status &done) {
        if (done)
            return say(success);
        const FailureText text = failureText(done.error());
        say(fromUtf8(done.error().what) + u' ' + text.remedy);
    };
}

void ExposuresDialog::save()
{
    ExposureRule rule;
    rule.from = m_from->currentText().trimmed().toStdString();
    rule.to = m_to->currentText().trimmed().toStdString();
    if (rule.from.empty() || rule.to.empty() || rule.from == rule.to)
        return say(tr("Say what happens and what it moves."));
    rule.weight = m_weight->value();
    rule.why = m_why->text().trimmed().toStdString();
    m_keptFrom = rule.from;
    m_keptTo = rule.to;
    m_book.save(rule, this, tell(tr("Saved. Briefings made from now on follow it.")));
}

void ExposuresDialog::remove()
{
    const ExposureRule *rule = chosen();
    if (!rule || !m_remove->isEnabled())
        return;
    m_book.remove(
        *rule, this,
        tell(rule->shipped ? tr("Switched off. “As it ships” brings it back.") : tr("Removed.")));
}

void ExposuresDialog::restore()
{
    const ExposureRule *rule = chosen();
    if (rule && m_restore->isEnabled())
        m_book.restore(*rule, this, tell(tr("It is again as it ships.")));
}

} // namespace chrona::ui
