#!/bin/sh
if [ -f x ]; then
  echo "$x" | sed -e "s/a/b/"
fi
