# What went wrong, and what to do about it. One key a problem code.
problem-internal = Something went wrong on our side. Please try again in a moment; if it persists, tell us the number shown with this message.
problem-not_found = There is nothing at this address, or you do not have access to it.
problem-method_not_allowed = This address does not accept this kind of request.
problem-malformed = The request could not be read. Check its format and send it again.
problem-invalid = Some of the information is not valid. Correct the fields named below and send again.
problem-unauthenticated = You need to log in first.
problem-forbidden = Your role does not allow this. Ask an organizer if you should have access.
problem-conflict = This no longer matches the current state. Reload, then try again.
problem-too_large = What you sent is too large. Reduce its size and send it again.
problem-unsupported_media_type = This type of content is not accepted here.
problem-too_many_requests = Too many attempts in a short time. Wait a moment, then try again.
problem-unavailable = The service is briefly unavailable. Please try again in a moment.
