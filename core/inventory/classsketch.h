#pragma once

#include "common/result.h"
#include "document/document.h"

#include <QString>
#include <QStringList>

#include <vector>

/// What instances show of a class whose metadata nobody can be asked for.
class ClassSketch
{
public:
    explicit ClassSketch(const QString &className)
        : m_name(className)
    { }
    /// The children of an instance's element are properties; repeated ones are arrays.
    void addInstance(Node instance);
    void addKeys(const QStringList &names);       ///< selectors of its endpoint reference
    void addProperties(const QStringList &names); ///< of which nothing more is known
    void setDescription(const QString &text) { m_description = text; }
    bool isEmpty() const { return m_properties.empty(); }
    /// As CIM-XML: CLASS with PROPERTY, PROPERTY.ARRAY and PROPERTY.REFERENCE, TYPE where it is
    /// known, the qualifier Key.
    Result<DocumentPtr> document() const;

private:
    struct Property
    {
        QString name;
        QString type; ///< "datetime", "string" (embedded), "reference" or empty
        bool array = false;
        bool key = false;
    };
    Property &property(const QString &name);
    QString m_name, m_description;
    std::vector<Property> m_properties; ///< in the order in which they were seen
};
