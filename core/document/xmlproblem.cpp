#include "document/xmlproblem.h"

#include <libxml/xmlerror.h>

using namespace Qt::StringLiterals;

QString xmlProblem(int code)
{
    switch (code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        return u"mismatched tag"_s;
    case XML_ERR_DOCUMENT_EMPTY:
    case XML_ERR_DOCUMENT_END:
    case XML_ERR_TAG_NOT_FINISHED:
        return u"the document is not complete"_s;
    case XML_ERR_GT_REQUIRED:
    case XML_ERR_LTSLASH_REQUIRED:
    case XML_ERR_COMMENT_NOT_FINISHED:
    case XML_ERR_CDATA_NOT_FINISHED:
    case XML_ERR_PI_NOT_FINISHED:
        return u"unfinished markup"_s;
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        return u"undefined entity"_s;
    case XML_ERR_ENTITYREF_NO_NAME:
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return u"an ampersand that begins no entity"_s;
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_CHARREF:
    case XML_ERR_INVALID_HEX_CHARREF:
    case XML_ERR_INVALID_DEC_CHARREF:
        return u"a character that XML does not have"_s;
    case XML_ERR_ATTRIBUTE_REDEFINED:
    case XML_NS_ERR_ATTRIBUTE_REDEFINED:
        return u"duplicate attribute"_s;
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
    case XML_ERR_LT_IN_ATTRIBUTE:
    case XML_ERR_SPACE_REQUIRED:
        return u"attributes are not well-formed"_s;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        return u"undeclared prefix"_s;
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
        return u"bytes that are no text in this encoding"_s;
    default:
        return u"not well-formed"_s;
    }
}
