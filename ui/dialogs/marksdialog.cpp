#include "dialogs/marksdialog.h"

#include "look/form.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/rowtablemodel.h"
#include "models/viewcells.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QIcon iconOf(ViewMark::Sign sign)
{
    const Meaning meaning = ViewCells::meaning(sign);
    const QStringView name = Icons::signOf(meaning);
    return name.isEmpty() ? QIcon() : Icons::get(name, meaning);
}

} // namespace

MarksDialog::MarksDialog(RowTableModel &model, const QString &column, const QString &where,
                         QWidget *parent)
    : QDialog(parent)
    , m_model(model)
    , m_list(new QTreeWidget(this))
    , m_none(
          new QLabel(tr("No cells are marked yet. A mark is a coloured sign and a word beside the "
                        "value, in each row that the condition holds for."),
                     this))
{
    setObjectName(u"marksDialog"_s);
    setWindowTitle(tr("Marks"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(u"marksList"_s);
    m_list->setAccessibleName(tr("Marks of this table"));
    m_list->setHeaderLabels({tr("Column"), tr("Where"), tr("Word")});
    Look::prepareList(m_list);
    m_list->setHeaderHidden(false);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    m_none->setWordWrap(true);
    Look::setMeaning(m_none, Meaning::Muted);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(Look::Between);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_none);
    makeForm(column, where);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_add = buttons->addButton(tr("&Add"), QDialogButtonBox::ActionRole);
    m_change = buttons->addButton(tr("C&hange"), QDialogButtonBox::ActionRole);
    m_remove = buttons->addButton(tr("&Remove"), QDialogButtonBox::ActionRole);
    m_add->setObjectName(u"addMark"_s);
    m_change->setObjectName(u"changeMark"_s);
    m_remove->setObjectName(u"removeMark"_s);
    m_add->setDefault(true);
    layout->addWidget(buttons);
    connect(m_add, &QPushButton::clicked, this, &MarksDialog::add);
    connect(m_change, &QPushButton::clicked, this, &MarksDialog::change);
    connect(m_remove, &QPushButton::clicked, this, &MarksDialog::remove);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
            [this] { showMark(m_list->indexOfTopLevelItem(m_list->currentItem())); });
    fillList(-1);
    resize(560, 420);
    m_where->setFocus();
}

void MarksDialog::makeForm(const QString &column, const QString &where)
{
    auto *fields = new QWidget(this);
    QFormLayout *form = Form::make(fields);
    m_column = new QComboBox(fields);
    m_column->setObjectName(u"markColumn"_s);
    for (int i = 0; i < m_model.columnCount(); ++i) {
        if (!m_model.isClassColumn(i))
            m_column->addItem(m_model.headerData(i, Qt::Horizontal).toString(),
                              m_model.columnName(i));
    }
    m_column->setCurrentIndex(std::max(0, m_column->findData(column)));
    m_where = new QLineEdit(where, fields);
    m_where->setObjectName(u"markWhere"_s);
    m_where->setPlaceholderText(tr("for example: State=Stopped StartMode=Auto"));
    m_where->setToolTip(tr("As in the filter above the table: Column=value, !=, ~ (contains), "
                           "<, <=, >, >=; all must hold"));
    m_where->setMaxLength(1000);
    m_problem = new QLabel(fields);
    m_problem->setObjectName(u"markProblem"_s);
    m_problem->setWordWrap(true);
    Look::setMeaning(m_problem, Meaning::Error);
    m_sign = new QComboBox(fields);
    m_sign->setObjectName(u"markSign"_s);
    using Sign = ViewMark::Sign;
    for (const auto &[sign, name] :
         {std::pair(Sign::Warning, tr("Warning")), std::pair(Sign::Error, tr("Error")),
          std::pair(Sign::Ok, tr("Good")), std::pair(Sign::Running, tr("Running"))})
        m_sign->addItem(iconOf(sign), name, int(sign));
    m_word = new QLineEdit(fields);
    m_word->setObjectName(u"markWord"_s);
    m_word->setMaxLength(100);
    m_word->setPlaceholderText(tr("said behind the value, for example: should be running"));
    form->addRow(tr("Mark &cells of"), m_column);
    form->addRow(tr("&Where"), m_where);
    form->addRow(QString(), m_problem);
    form->addRow(tr("S&ign"), m_sign);
    form->addRow(tr("W&ord"), m_word);
    layout()->addWidget(fields);
    connect(m_where, &QLineEdit::textChanged, this, &MarksDialog::check);
}

void MarksDialog::fillList(int current)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const RowMark &mark : m_model.marks()) {
        auto *item = new QTreeWidgetItem(m_list, {mark.column, mark.where, mark.word});
        item->setIcon(0, iconOf(mark.sign));
        for (int i = 0; i < 3; ++i)
            item->setToolTip(i, plainTip(item->text(i)));
    }
    m_list->setCurrentItem(m_list->topLevelItem(current));
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(2);
    m_list->setVisible(!m_model.marks().empty());
    m_none->setVisible(m_model.marks().empty());
    check();
}

void MarksDialog::showMark(int index)
{
    if (index >= 0 && index < int(m_model.marks().size())) {
        const RowMark mark = m_model.marks()[std::size_t(index)];
        if (const int column = m_column->findData(mark.column); column >= 0)
            m_column->setCurrentIndex(column);
        m_where->setText(mark.where);
        m_sign->setCurrentIndex(std::max(0, m_sign->findData(int(mark.sign))));
        m_word->setText(mark.word);
    }
    check();
}

/// What is wrong with the condition, while it is typed.
void MarksDialog::check()
{
    const RowFilter filter = RowFilter::parse(m_where->text());
    QStringList columns = m_model.columnNames();
    columns << u"Class"_s;
    QString problem;
    if (!filter.isClosed())
        problem = tr("A quotation mark is missing.");
    else if (const QString unknown = filter.unknownColumn(columns); !unknown.isEmpty())
        problem = tr("There is no column named %1.").arg(unknown);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    const bool good = problem.isEmpty() && !filter.isEmpty();
    m_add->setEnabled(good);
    m_change->setEnabled(good && m_list->currentItem());
    m_remove->setEnabled(m_list->currentItem());
}

RowMark MarksDialog::typed() const
{
    return {.column = m_column->currentData().toString(),
            .where = m_where->text().trimmed(),
            .sign = ViewMark::Sign(m_sign->currentData().toInt()),
            .word = m_word->text().simplified()};
}

void MarksDialog::setMarks(const std::vector<RowMark> &marks, int current)
{
    m_model.setMarks(marks);
    fillList(current);
    Q_EMIT marksChanged();
}

void MarksDialog::add()
{
    std::vector<RowMark> marks = m_model.marks();
    marks.push_back(typed());
    setMarks(marks, int(marks.size()) - 1);
}

void MarksDialog::change()
{
    const int current = m_list->indexOfTopLevelItem(m_list->currentItem());
    std::vector<RowMark> marks = m_model.marks();
    if (current < 0 || current >= int(marks.size()))
        return;
    marks[std::size_t(current)] = typed();
    setMarks(marks, current);
}

void MarksDialog::remove()
{
    const int current = m_list->indexOfTopLevelItem(m_list->currentItem());
    std::vector<RowMark> marks = m_model.marks();
    if (current < 0 || current >= int(marks.size()))
        return;
    marks.erase(marks.begin() + current);
    setMarks(marks, std::min(current, int(marks.size()) - 1));
}
