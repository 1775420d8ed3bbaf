#pragma once

#include "connection/profile.h"

#include <QComboBox>

/// Where a password stays: asked each time, until the program quits, or in the keychain.
class StorageBox final : public QComboBox
{
    Q_OBJECT
public:
    explicit StorageBox(QWidget *parent = nullptr);
    SecretStorage storage() const;
    void setStorage(SecretStorage storage);
};
