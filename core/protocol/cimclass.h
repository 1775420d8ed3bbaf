#pragma once

#include "common/result.h"
#include "document/rowset.h"

#include <QString>
#include <QStringList>

#include <vector>

/// A qualifier of DSP0004 as CIM-XML carries it.
struct CimQualifier
{
    QString name;
    CimType type = CimType::Unknown;
    QStringList values; ///< one for a scalar; booleans "TRUE"/"FALSE" as sent
    bool array = false;
    bool propagated = false;
};

struct CimProperty
{
    QString name;
    CimType type = CimType::Unknown;
    bool array = false;
    QString referenceClass; ///< of a reference
    QString classOrigin;
    bool propagated = false;
    std::optional<QString> defaultValue;
    std::vector<CimQualifier> qualifiers;

    bool isKey() const;
    bool isWritable() const; ///< qualifier Write
    QString description() const;
    QString units() const;
    QString embeddedClass() const; ///< EmbeddedInstance, or "*" for EmbeddedObject
    /// The text for a value by ValueMap/Values (ranges such as "16..31" and ".." included); empty
    /// when there is none. The two lists may differ in length: bounds are checked.
    QString valueText(QStringView value) const;
    const CimQualifier *qualifier(QStringView name) const; ///< ignoring case
};

struct CimMethod
{
    QString name;
    CimType returnType = CimType::Unknown;
    QString classOrigin;
    bool propagated = false;
    std::vector<CimQualifier> qualifiers;
    std::vector<CimProperty> parameters; ///< direction by qualifiers In and Out
    bool isStatic() const;
    QString description() const;
};

/// A class as CIM-XML describes it (DSP0201 CLASS, DSP0227 15).
struct CimClass
{
    QString name, superClass;
    QStringList derivation; ///< parent, grandparent ...
    std::vector<CimQualifier> qualifiers;
    std::vector<CimProperty> properties;
    std::vector<CimMethod> methods;

    const CimProperty *property(QStringView name) const; ///< ignoring case
    QStringList keys() const;
    QString description() const;
    bool isAbstract() const;
    bool isAssociation() const;
};

/// Reads one CLASS element. Cause::SoapUnexpected when it is none.
Result<CimClass> readCimClass(Node classElement);
CimType cimTypeNamed(QStringView name); ///< "uint32", "datetime" ...
QString cimTypeName(CimType type);

/// Gives the columns of `rows` what the class says: type, array, key.
void applySchema(RowSet &rows, const CimClass &schema);
