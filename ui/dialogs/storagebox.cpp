#include "dialogs/storagebox.h"

using namespace Qt::StringLiterals;

StorageBox::StorageBox(QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(u"storage"_s);
    addItem(tr("Keep in the keychain"), int(SecretStorage::Keychain));
    addItem(tr("Keep until quit"), int(SecretStorage::UntilQuit));
    addItem(tr("Ask each time"), int(SecretStorage::Ask));
    setAccessibleName(tr("Where the password stays"));
}

SecretStorage StorageBox::storage() const
{
    return SecretStorage(currentData().toInt());
}

void StorageBox::setStorage(SecretStorage storage)
{
    setCurrentIndex(findData(int(storage)));
}
