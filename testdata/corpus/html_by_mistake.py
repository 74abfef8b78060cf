<!DOCTYPE html>
<html><head><title>404</title></head><body>not found</body></html>
