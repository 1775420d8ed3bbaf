#pragma once

#include "protocol/message.h"
#include "protocol/representation.h"

/// Replies to requests that may change something, after requireReply.

/// What a Put gave back.
struct PutReply
{
    DocumentPtr document;
    Node node; ///< the updated representation; null where the host sends none (some AMT classes)
};
Result<PutReply> readPutReply(const Message &reply);

/// The outcome of a method. A ReturnValue other than 0 is no fault: the method ran and says so.
struct InvokeReply
{
    DocumentPtr document;
    Node node; ///< `Method_OUTPUT`, found by its place: hosts differ in its name; null: empty body
    QString returnText; ///< ReturnValue as it stands; null where there is none (a void method)
    std::optional<std::int64_t> returnValue; ///< the same as a number, where it is one
    std::vector<Property> parameters;        ///< out parameters, without ReturnValue
};
Result<InvokeReply> readInvokeReply(const Message &reply);

/// The part that a fragment Get or Put gave back: w:XmlFragment.
struct FragmentReply
{
    DocumentPtr document;
    Node node;                        ///< w:XmlFragment
    QString text;                     ///< for a path to text()
    std::vector<Property> properties; ///< none when the property is null
};
/// Cause::SoapUnexpected without w:XmlFragment: the host ignored the fragment path.
Result<FragmentReply> readFragmentReply(const Message &reply);
