#pragma once

#include "protocol/cimclass.h"
#include "views/page.h"

class ConfigTreeModel;
class DocumentTreeModel;
class QModelIndex;
class RowTableModel;

/// The Details of what is selected in a page's table or tree.
Details cellDetails(const RowTableModel &model, const QModelIndex &current);
Details nodeDetails(const DocumentTreeModel &model, const QModelIndex &current,
                    const CimClass *schema);
Details settingDetails(const ConfigTreeModel &model, const QModelIndex &current);
Details classDetails(const CimClass &schema, const DocumentPtr &document);
Details propertyDetails(const CimProperty &property);
Details methodDetails(const CimMethod &method);
