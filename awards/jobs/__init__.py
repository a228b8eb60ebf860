"""Work that outlives a request, a process and a machine's sudden end."""
